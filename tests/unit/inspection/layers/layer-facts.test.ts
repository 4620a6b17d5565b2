import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeLayerFact, encodeLayerFact } from "@/lib/inspection/layers/layer-fact-codec";
import { type LayerFacts, layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { recentFacts } from "@/lib/inspection/layers/recent-facts";
import { gzipped, tarOf } from "@/tests/builders/tar-bytes";
import { walk } from "@/tests/unit/archive/walk";
import { digestOf, stackOf } from "@/tests/unit/inspection/files/stack";

const LAYER = gzipped(
  tarOf(
    { name: "metadata.json", content: Buffer.from([0, 255, 10, 9]) },
    { name: "a\nb\té", type: "2", linkName: "../x" },
    { name: "ui/.wh..wh..opq" },
  ),
);

async function factOf(bytes: Uint8Array) {
  const walked = await walk(bytes);
  if (walked.kind !== "read" && walked.kind !== "malformed") throw new Error(walked.reason);
  return walked;
}

test.each([
  ["a layer", LAYER],
  ["an empty layer", tarOf()],
  ["a broken layer", new Uint8Array(3)],
])("%s is the same after it was stored", async (_name, bytes) => {
  const fact = await factOf(bytes);
  expect(await decodeLayerFact(await encodeLayerFact(fact))).toEqual(fact);
});

test("what is damaged or of another version is no fact", async () => {
  const encoded = Buffer.from(await encodeLayerFact(await factOf(LAYER)));
  const flipped = Buffer.from(encoded);
  flipped[20] = (flipped[20] ?? 0) ^ 1;
  const older = gzipSync(
    gunzipSync(encoded)
      .toString()
      .replace(/"version":\d+/, '"version":0'),
  );
  for (const bytes of [
    flipped,
    encoded.subarray(0, -9),
    older,
    Buffer.from("{}"),
    gzipSync("{}"),
    gzipSync("null\n"),
  ]) {
    expect(await decodeLayerFact(bytes)).toBeUndefined();
  }
});

test("a file that was read again is kept, so that a later inspection reads nothing", async () => {
  const facts = layerFactsInMemory();
  const layers = [gzipped(tarOf({ name: "ui/icon.svg", content: "<svg/>" }))];
  const first = stackOf(layers, { facts });
  expect(await first.text("ui/icon.svg")).toBe("<svg/>");
  expect(first.opened).toEqual([0, 0]);
  const second = stackOf(layers, { facts });
  expect(await second.text("ui/icon.svg")).toBe("<svg/>");
  expect(second.opened).toEqual([]);
});

test("recent facts are bounded and never wrong", async () => {
  const stored = layerFactsInMemory();
  let asked = 0;
  const counted: LayerFacts = {
    ...stored,
    get(digest) {
      asked += 1;
      return stored.get(digest);
    },
  };
  const fact = await factOf(LAYER);
  const recent = recentFacts(counted, 400);
  const digests = ["a", "b", "c", "d"].map((text) => digestOf(Buffer.from(text)));
  for (const digest of digests) await recent.put(digest, fact);
  for (const digest of digests) expect(await recent.get(digest)).toEqual(fact);
  expect(asked).toBeGreaterThan(0);
  const [first] = digests;
  const before = asked;
  if (first !== undefined)
    for (let times = 0; times < 3; times++) expect(await recent.get(first)).toEqual(fact);
  expect(asked).toBeLessThanOrEqual(before + 1);
});
