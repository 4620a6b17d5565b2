import { afterAll, beforeAll, expect, test } from "vitest";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import type { ExtensionImageOptions } from "@/tests/builders/extension-image";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";

let storage: OwnRegistry;
let registry: HostileRegistry;
let market: TestMarketplace;

beforeAll(async () => {
  [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
  registry.on(
    /./,
    passOn(() => storage.url),
  );
  market = await startMarketplace("pglite", registry.url);
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
  await storage?.stop();
});

const TAGS = 12;

/** What else a scan may ask for, whatever the number of tags. */
const ONCE = 10;

test.each<[each: number, what: string, options: ExtensionImageOptions]>([
  [5, "of two platforms", {}],
  // The manifest that says which statements the build put beside the image.
  [6, "with provenance and a bill of materials", { attestations: ["provenance", "sbom"] }],
])("a first scan costs at most %i requests for each image %s, and ten", async (each, what, options) => {
  const path = `acme/${what.replaceAll(" ", "-")}`;
  const repository = `${registry.host}/${path}`;
  await pushExtension(storage, path, "0.9.0", options);
  await market.approve(repository);
  await market.scan(repository);
  for (let patch = 1; patch <= TAGS; patch += 1) {
    await pushExtension(storage, path, `1.0.${patch}`, {
      ...options,
      labels: { "org.opencontainers.image.title": `Number ${patch}` },
    });
  }
  const before = registry.requests.length;
  const scan = await market.scan(repository);
  expect(scan).toMatchObject({ state: "ok", listed: TAGS });
  expect(scan.requests).toBe(registry.requests.length - before);
  // One more is known: it is asked where it points.
  expect(scan.requests).toBeLessThanOrEqual(each * TAGS + ONCE + 1);

  const rows = await market.services.db.prisma.version.findMany({
    where: { extension: { repository } },
    include: { inspection: true },
  });
  const looked = Object.fromEntries(
    rows.map(({ tag, inspection }) => [tag, reportOf(inspection.report)?.supplyChain.looked]),
  );
  expect(looked).toMatchObject({ "0.9.0": "registry", "1.0.1": "index", [`1.0.${TAGS}`]: "registry" });
});

test("each version that comes alone is looked up in the registry, so that only those before the approval are not", async () => {
  const path = "acme/one-by-one";
  const repository = `${registry.host}/${path}`;
  const tags = ["1.0.0", "1.0.1", "1.0.2"];
  for (const tag of tags) {
    await pushExtension(storage, path, tag, { labels: { "org.opencontainers.image.title": tag } });
    if (tag === tags[0]) await market.approve(repository);
    await market.scan(repository);
  }
  const rows = await market.services.db.prisma.inspection.findMany({ where: { extension: { repository } } });
  expect(rows.map(({ report }) => reportOf(report)?.supplyChain.looked)).toEqual(tags.map(() => "registry"));
});
