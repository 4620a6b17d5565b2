import { afterAll, beforeAll, expect, test } from "vitest";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { pushExtension } from "@/tests/support/registries/push";

let registry: OwnRegistry;
let market: TestMarketplace;

beforeAll(async () => {
  registry = await startRegistry();
  market = await startMarketplace("pglite", registry.url);
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
});

const PATH = "acme/named-files";
const METADATA = { ...EXTENSION_METADATA, host: { binaries: [{ linux: [{ path: "/bin/lens" }] }] } };

const push = (tag: string, files: Record<string, string>) =>
  pushExtension(registry, PATH, tag, {
    metadata: METADATA,
    files,
    labels: { "org.opencontainers.image.title": `Number ${tag}` },
  });

/** By tag: whether files were looked for, and whether one is missing. */
async function looked(repository: string): Promise<Record<string, [string | undefined, boolean]>> {
  const rows = await market.services.db.prisma.version.findMany({
    where: { extension: { repository } },
    include: { inspection: true },
  });
  return Object.fromEntries(
    rows.map(({ tag, inspection }) => {
      const report = reportOf(inspection.report);
      const isMissing = report?.findings.some(({ code }) => code === "host_files_missing") ?? false;
      return [tag, [report?.namedFiles, isMissing]];
    }),
  );
}

test("the candidate and the five newest versions of a scan are searched, the same at the next inspection", async () => {
  const repository = `${registry.host}/${PATH}`;
  await push("1.0.0", { "bin/lens": "x" });
  await market.approve(repository);
  for (let patch = 1; patch <= 7; patch += 1) await push(`1.0.${patch}`, {});
  await market.scan(repository);
  const expected = {
    "1.0.0": ["look_up", false],
    "1.0.1": ["leave_out", false],
    "1.0.2": ["leave_out", false],
    "1.0.3": ["look_up", true],
    "1.0.4": ["look_up", true],
    "1.0.5": ["look_up", true],
    "1.0.6": ["look_up", true],
    "1.0.7": ["look_up", true],
  };
  expect(await looked(repository)).toEqual(expected);

  await makeOlder(repository);
  expect(await looked(repository)).toEqual(expected);
});

/** Makes all reports look older, and waits until they are replaced. */
async function makeOlder(repository: string): Promise<void> {
  const { inspection } = market.services.db.prisma;
  const where = { extension: { repository } };
  for (const { id, report } of await inspection.findMany({ where })) {
    const known = reportOf(report);
    if (known === undefined) throw new Error("not a report");
    const older = { ...known, inspectorVersion: 0, findings: [] };
    await inspection.update({
      where: { id },
      data: { report: toJson(older), inspectorVersion: 0, reinspectAt: null },
    });
  }
  await queueDueReinspections(await market.as("admin"), { limit: 20 });
  await expect
    .poll(
      async () => (await inspection.findMany({ where })).map(({ inspectorVersion }) => inspectorVersion),
      {
        timeout: 60_000,
      },
    )
    .toEqual(Array.from({ length: 8 }, () => INSPECTOR_VERSION));
}
