import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { READER_VERSION } from "@/lib/inspection/inspector-version";
import { forgetLayerFacts, storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import { imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { pushImage } from "@/tests/support/registries/push";
import { digestOf } from "@/tests/unit/inspection/files/stack";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

const SHARED = [
  layer([
    { path: "metadata.json", content: JSON.stringify({ ...EXTENSION_METADATA, icon: "ui/icon.svg" }) },
    { path: "ui/icon.svg", content: EXTENSION_ICON },
    { path: "ui/index.html", content: "<!doctype html>" },
  ]),
  layer([{ path: "backend", content: "x" }]),
];

function image(label: string) {
  const platforms = ["amd64", "arm64"].map((architecture) => ({ os: "linux", architecture }));
  const labels = { ...EXTENSION_LABELS, built: label };
  return imageIndex(platforms.map((platform) => imageManifest({ platform, labels, layers: SHARED })));
}

describe("layer facts", () => {
  let market: TestMarketplace;
  beforeAll(async () => {
    market = await startMarketplace("pglite", bench.registry.registries);
  });
  afterAll(() => market?.close());

  test("a layer is read once, whichever worker or version meets it again, and is read again when its row is damaged", async () => {
    const path = "acme/facts";
    const repository = parseRepository(`${bench.registry.host}/${path}`);
    await pushImage(bench.registry, path, "1.0.0", image("1"));
    await market.approve(`${bench.registry.host}/${path}`);
    const rows = () => market.services.db.prisma.layerFact.findMany({ orderBy: { digest: "asc" } });
    expect((await rows()).map(({ scope, digest }) => [scope, digest])).toEqual(
      SHARED.map(({ digest }) => ["", digest]).toSorted(),
    );

    await pushImage(bench.registry, path, "1.1.0", image("2"));
    const scan = await market.scan(`${bench.registry.host}/${path}`);
    expect(scan).toMatchObject({ state: "ok", listed: 1 });
    const reports = await market.services.db.prisma.inspection.findMany({ orderBy: { id: "asc" } });
    expect(reports.map(({ report }) => report)).toMatchObject([
      { metadata: { proof: "full" }, icon: {}, cost: { layerBytes: expect.toSatisfy((bytes) => bytes > 0) } },
      { metadata: { proof: "full" }, icon: {}, cost: { layerBytes: 0 } },
    ]);

    const again = () =>
      bench.inspectPath(path, "1.1.0", {
        layerFacts: storedLayerFacts(market.services.db, { isAnonymous: () => true }, repository),
      });
    expect((await again()).report.cost.layerBytes).toBe(0);
    await market.services.db.prisma.layerFact.updateMany({ data: { bytes: Buffer.from("damaged") } });
    const { report } = await again();
    expect(report.metadata?.proof).toBe("full");
    expect(report.cost.layerBytes).toBeGreaterThan(0);
    expect((await again()).report.cost.layerBytes).toBe(0);
  });

  test("what was learned with credentials stays with its repository", async () => {
    const { db } = market.services;
    const digest = digestOf(Buffer.from("a private layer"));
    const factsOf = (repository: string, isAnonymous: boolean) =>
      storedLayerFacts(db, { isAnonymous: () => isAnonymous }, parseRepository(repository));
    await db.prisma.layerFact.deleteMany();
    await factsOf("acme/private", false).put(digest, { kind: "malformed", reason: "secret" });
    expect(await factsOf("acme/private", false).get(digest)).toBeDefined();
    expect(await factsOf("acme/other", false).get(digest)).toBeUndefined();
    expect(await factsOf("acme/private", true).get(digest)).toBeUndefined();
  });

  test("an older reader neither believes nor overwrites what a newer one learned", async () => {
    const { db } = market.services;
    await db.prisma.layerFact.deleteMany();
    const digest = digestOf(Buffer.from("a layer"));
    const facts = storedLayerFacts(db, { isAnonymous: () => true }, parseRepository("acme/disk-lens"));
    await facts.put(digest, { kind: "malformed", reason: "old" });
    await facts.put(digest, { kind: "malformed", reason: "new" });
    expect(await facts.get(digest)).toEqual({ kind: "malformed", reason: "new" });
    const newer = { readerVersion: READER_VERSION + 1, bytes: Buffer.from("of a newer format") };
    await db.prisma.layerFact.updateMany({ data: newer });
    expect(await facts.get(digest)).toBeUndefined();
    await facts.put(digest, { kind: "malformed", reason: "old" });
    const [row] = await db.prisma.layerFact.findMany();
    expect(row).toMatchObject({ readerVersion: newer.readerVersion });
    expect(Buffer.from(row?.bytes ?? [])).toEqual(newer.bytes);
  });

  test("the oldest are forgotten when there is too much", async () => {
    const { db } = market.services;
    await db.prisma.layerFact.deleteMany();
    const row = (at: number) => ({
      scope: "",
      digest: `sha256:${at}`,
      bytes: new Uint8Array(10),
      sizeBytes: 10,
      createdAt: new Date(at * 1000),
    });
    await db.prisma.layerFact.createMany({ data: [1, 2, 3, 4].map(row) });
    expect(await forgetLayerFacts(db, 25)).toBe(2);
    const left = await db.prisma.layerFact.findMany({ orderBy: { createdAt: "asc" } });
    expect(left.map(({ digest }) => digest)).toEqual(["sha256:3", "sha256:4"]);
  });
});
