import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import type { InspectionProgress } from "@/lib/inspection/progress";
import {
  type BuiltImage,
  type BuiltLayer,
  imageManifest,
  layer,
  singleImage,
} from "@/scripts/demo/image/image";
import { layersOf } from "@/tests/bench/inspect-fixture";
import { EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import {
  type Behavior,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

let registry: HostileRegistry;
let open: OpenClient;
beforeAll(async () => {
  registry = await startHostileRegistry();
});
afterAll(() => registry?.stop());
beforeEach(() => {
  open = openClient(registry.url);
  return () => open.close();
});

const PATH = "/v2/acme/disk-lens";
/** Six layers of 12 MB, metadata.json in the small one in the middle. */
const SIX = layersOf("amd64");

function imageOf(layers: BuiltLayer[]): BuiltImage {
  return singleImage(imageManifest({ labels: EXTENSION_LABELS, layers }));
}

/** Serves the image, but for what `instead` has; gives the bytes of layers that were sent so far. */
function serve(image: BuiltImage, layers: BuiltLayer[], instead = new Map<BuiltLayer, Behavior>()) {
  const sent = { bytes: 0, digests: [] as string[] };
  for (const blob of image.blobs) registry.on(`${PATH}/blobs/${blob.digest}`, { body: blob.bytes });
  for (const each of layers) {
    registry.on(`${PATH}/blobs/${each.digest}`, (request, response) => {
      sent.digests.push(each.digest);
      const behavior = instead.get(each) ?? { body: each.bytes };
      if (typeof behavior === "function") return behavior(request, response);
      sent.bytes += behavior.body?.length ?? 0;
      return behavior;
    });
  }
  const { mediaType, bytes } = image.root;
  registry.on(`${PATH}/manifests/1.0.0`, { headers: { "content-type": mediaType }, body: bytes });
  return sent;
}

type Sent = ReturnType<typeof serve>;

/** Inspects it for a waiting client. `early`: the layer bytes sent by the time of each step. */
async function look(sent: Sent, options: Partial<InspectOptions> = {}) {
  const told: InspectionProgress[] = [];
  const early = new Map<string, number>();
  const { report } = await inspect({
    client: open.client,
    repository: parseRepository(`${registry.host}/acme/disk-lens`),
    reference: "1.0.0",
    onProgress: (progress) => {
      told.push(progress);
      early.set(progress.step, sent.bytes);
    },
    ...options,
  });
  const of = (step: InspectionProgress["step"]) => told.find((progress) => progress.step === step);
  return { report, early, provisional: of("metadata_provisional"), metadata: of("metadata") };
}

const METADATA = JSON.stringify(EXTENSION_METADATA);
/** With one, the layers below are looked through for it. */
const WITHOUT_ICON = JSON.stringify({ ...EXTENSION_METADATA, icon: undefined });
const OTHER = JSON.stringify({ ...EXTENSION_METADATA, vm: { image: "acme/backend" } });
const file = (path: string, content: string | Buffer) => layer([{ path, content }]);
const heavy = (entry: { path: string; content: string }) =>
  layer([entry, { path: "noise", content: (SIX[5] ?? file("x", "")).bytes }]);

describe("of an image of 12 MB", () => {
  test("title and capabilities cost at most 2 kB of layers, their proof at most 1.3 MB, once", async () => {
    const sent = serve(imageOf(SIX), SIX);
    expect(SIX.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(12_000_000);
    const layerFacts = layerFactsInMemory();
    const { report, early, provisional, metadata } = await look(sent, { layerFacts });
    expect(provisional).toMatchObject({
      title: "Disk Lens",
      capabilities: { ui: true, compose: false, unknown: [] },
      layerBytes: early.get("metadata_provisional"),
    });
    expect(early.get("metadata_provisional")).toBeLessThanOrEqual(2_000);
    expect(metadata).toMatchObject({ provisional: "confirmed" });
    expect(report.metadata).toMatchObject({ proof: "full", text: METADATA, layer: SIX[3]?.digest });
    expect(sent.bytes).toBeLessThanOrEqual(1_300_000);
    expect(report.cost.layerBytes).toBe(sent.bytes);
    expect(new Set(sent.digests).size).toBe(sent.digests.length);

    const bytes = sent.bytes;
    const second = await look(sent, { layerFacts });
    expect(second.provisional).toMatchObject({ title: "Disk Lens", layerBytes: 0 });
    expect(second.metadata).toMatchObject({ provisional: "confirmed" });
    expect(sent.bytes).toBe(bytes);
    expect(second.report.metadata).toEqual(report.metadata);
  });

  test("no one waits: nothing is read ahead, and the report is the same", async () => {
    const layers = [file("base", "a small one below"), ...SIX];
    const sent = serve(imageOf(layers), layers);
    const { report } = await look(sent);
    const read = sent.digests.length;
    const { report: quiet } = await inspect({
      client: open.client,
      repository: parseRepository(`${registry.host}/acme/disk-lens`),
      reference: "1.0.0",
    });
    expect(sent.digests.slice(0, read)).toContain(layers[0]?.digest);
    expect(sent.digests.slice(read)).not.toContain(layers[0]?.digest);
    expect({ ...quiet, cost: null }).toEqual({ ...report, cost: null });
  });
});

describe("a large layer above", () => {
  test.each([
    ["replaces it", { path: "metadata.json", content: OTHER }, "replaced", { text: OTHER, proof: "full" }],
    ["deletes it", { path: ".wh.metadata.json", content: "" }, "dropped", null],
  ])("%s: the report says so, and the waiting client learns it", async (_name, entry, outcome, expected) => {
    const layers = [file("metadata.json", METADATA), heavy(entry)];
    const { report, provisional, metadata } = await look(serve(imageOf(layers), layers));
    expect(provisional).toMatchObject({ title: "Disk Lens", capabilities: { backendImages: [] } });
    expect(metadata).toMatchObject({ provisional: outcome });
    if (expected === null) expect(report.metadata).toBeNull();
    else expect(report.metadata).toMatchObject(expected);
  });

  test("cannot be read: what was shown first stands as partly proven, and never more", async () => {
    const layers = [file("metadata.json", METADATA), heavy({ path: "ui/a", content: "a" })];
    const limits = { compressedBytes: 10_000 };
    const { report, metadata } = await look(serve(imageOf(layers), layers), { limits });
    expect(metadata).toMatchObject({ provisional: "confirmed" });
    expect(report.metadata).toMatchObject({ proof: "partial" });
    expect(report.findings.map(({ code }) => code)).toContain("metadata_partial");
  });
});

describe("a small layer that misbehaves, and that the proof does not need", () => {
  const small = file("base", "small");
  const layers = [small, heavy({ path: "metadata.json", content: WITHOUT_ICON })];
  const image = imageOf(layers);
  const never: Behavior = async (request) => {
    await once(request.socket, "close");
    return undefined;
  };
  const stalls: Behavior = async (request, response) => {
    response.writeHead(200, { "content-length": small.bytes.length });
    response.write(small.bytes.subarray(0, 10));
    await once(request.socket, "close");
    return undefined;
  };
  test.each<[string, Behavior]>([
    ["is not there", { status: 404 }],
    ["is refused", { status: 403 }],
    ["breaks the registry", { status: 500 }],
    ["has other bytes", { body: Buffer.alloc(small.bytes.length) }],
    ["is cut off", { body: small.bytes.subarray(0, 20) }],
    ["never comes", never],
    ["stops half-way", stalls],
  ])("%s: the inspection goes on", async (_name, behavior) => {
    const sent = serve(image, layers, new Map([[small, behavior]]));
    const { report, provisional } = await look(sent, { limits: { provisionalMs: 300 } });
    expect(provisional).toBeUndefined();
    expect(report.metadata).toMatchObject({ proof: "full", text: WITHOUT_ICON });
    expect(sent.digests).toContain(small.digest);
  });
});
