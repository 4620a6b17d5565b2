import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readProvisionalMetadata } from "@/lib/inspection/files/provisional-metadata";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { INSPECTION_LIMITS, type InspectionLimits } from "@/lib/inspection/limits";
import { gzipped, type TarPart, tarOf } from "@/tests/builders/tar-bytes";
import { type StackOptions, stackOf } from "@/tests/unit/inspection/files/stack";

const META = "metadata.json";
const file = (name: string, content: string | Uint8Array = name): TarPart => ({ name, content });
const meta = (title: string) =>
  file(META, JSON.stringify({ ui: { "dashboard-tab": { title, root: "/ui", src: "index.html" } } }));
const packed = (...parts: TarPart[]) => gzipped(tarOf(...parts));
/** A layer of about so many bytes, compressed. */
const heavy = (bytes: number, ...parts: TarPart[]) => packed(file("noise", randomBytes(bytes)), ...parts);
const BIG = 100 * 1024;

type Setup = StackOptions & { signal?: AbortSignal };

/** The title that is provisionally there, and the layers (0 is the lowest) that were opened for it, in order. */
async function lookAt(layers: Uint8Array[], { signal, ...options }: Setup = {}) {
  const stack = stackOf(layers, options);
  const limits: InspectionLimits = { ...INSPECTION_LIMITS, ...options.limits };
  const found = await readProvisionalMetadata(stack.refs, {
    reader: stack.reader,
    limits,
    signal: signal ?? new AbortController().signal,
    now: () => 0,
  });
  const provisionally = { title: found?.document.ui?.title, opened: [...stack.opened] };
  return { stack, provisionally };
}

describe("the topmost of the small layers that have it", () => {
  test.each<[string, Uint8Array[], string | undefined, number[]]>([
    ["between large ones", [heavy(BIG), packed(meta("small")), heavy(BIG)], "small", [1]],
    ["two small ones: the higher", [packed(meta("low")), packed(meta("high"), file("x"))], "high", [0, 1]],
    ["below one that has it nothing is read", [heavy(900), packed(meta("top"))], "top", [1]],
    [
      "a small one above deletes it",
      [packed(meta("low")), packed(file(".wh.metadata.json"))],
      undefined,
      [1],
    ],
    [
      "a small one above is a link to it",
      [
        packed(file("m.json", "{}")),
        packed({ name: META, type: "2", linkName: "app/m.json" }, file("app/m.json", "{}"), file("zzzzzzzz")),
      ],
      undefined,
      [0, 1],
    ],
    ["only large layers", [heavy(BIG, meta("large"))], undefined, []],
    [
      "a broken small one above it",
      [packed(meta("low"), file("y", randomBytes(300))), Buffer.alloc(300, 1)],
      undefined,
      [1],
    ],
    ["one that is no JSON", [packed(file(META, "{"))], undefined, [0]],
    ["one that is a folder", [packed({ name: META, type: "5" })], undefined, [0]],
    [
      "one that is too large to be one",
      [packed(file(META, `{"x":"${"x".repeat(2 ** 20)}"}`))],
      undefined,
      [0],
    ],
  ])("%s", async (_name, layers, title, opened) => {
    expect((await lookAt(layers)).provisionally).toEqual({ title, opened });
  });

  test("a layer that occurs many times is looked at once, where it is highest", async () => {
    const same = packed(meta("twice"));
    const { provisionally } = await lookAt([
      same,
      packed(meta("between"), file("long", randomBytes(200))),
      same,
    ]);
    expect(provisionally).toEqual({ title: "twice", opened: [0] });
  });
});

describe("the allowance has hard edges", () => {
  test("its bytes, for all of them together", async () => {
    const layers = [packed(meta("low"), file("y", randomBytes(400))), packed(file("x"))];
    const bytes = layers.reduce((sum, layer) => sum + layer.length, 0);
    const within = await lookAt(layers, { limits: { provisionalBytes: bytes } });
    expect(within.provisionally).toEqual({ title: "low", opened: [1, 0] });
    const beyond = await lookAt(layers, { limits: { provisionalBytes: bytes - 1 } });
    expect(beyond.provisionally).toEqual({ title: undefined, opened: [1] });
  });

  test("its layers, of which known ones do not count", async () => {
    const layers = [packed(meta("low"), file("y", randomBytes(400))), packed(file("a")), packed(file("b"))];
    const two = await lookAt(layers, { limits: { provisionalLayers: 2 } });
    expect(two.provisionally).toEqual({ title: undefined, opened: [2, 1] });
    const facts = layerFactsInMemory();
    await lookAt(layers.slice(1), { facts });
    const known = await lookAt(layers, { facts, limits: { provisionalLayers: 1 } });
    expect(known.provisionally).toEqual({ title: "low", opened: [0] });
  });

  test("never more than the inspection's own", async () => {
    const { provisionally } = await lookAt([packed(meta("low"))], { limits: { compressedBytes: 10 } });
    expect(provisionally).toEqual({ title: undefined, opened: [] });
  });
});

describe("known layers are free", () => {
  test("down to the one that decides", async () => {
    const facts = layerFactsInMemory();
    const layers = [packed(file("base")), heavy(BIG, meta("known")), heavy(BIG)];
    await stackOf(layers, { facts }).text(META);
    const { provisionally } = await lookAt(layers, { facts });
    expect(provisionally).toEqual({ title: "known", opened: [] });
  });

  test("a known one that deletes it is believed", async () => {
    const facts = layerFactsInMemory();
    const top = heavy(BIG, file(".wh.metadata.json"));
    await stackOf([top], { facts }).text(META);
    const { provisionally } = await lookAt([packed(meta("low")), top], { facts });
    expect(provisionally).toEqual({ title: undefined, opened: [] });
  });
});

describe("the proof afterwards", () => {
  test.each<[string, TarPart[], string]>([
    ["confirms", [], "low"],
    ["replaces", [meta("high")], "high"],
    ["removes", [file(".wh.metadata.json")], "<absent>"],
  ])("%s, and reads no layer again", async (_name, above, expected) => {
    const { stack, provisionally } = await lookAt([heavy(BIG), packed(meta("low")), heavy(BIG, ...above)]);
    expect(provisionally).toEqual({ title: "low", opened: [1] });
    expect(await stack.text(META)).toContain(expected);
    expect(stack.opened).toEqual([1, 2]);
  });

  test("a bomb among the small ones costs it nothing", async () => {
    const bomb = packed(file("zeros", Buffer.alloc(300_000)));
    const limits = { provisionalInflatedBytes: 100_000, inflatedBytes: 600_000 };
    const { stack, provisionally } = await lookAt(
      [packed(meta("low"), file("y", randomBytes(2_000))), bomb],
      {
        limits,
      },
    );
    expect(provisionally).toEqual({ title: "low", opened: [1, 0] });
    expect(await stack.text(META)).toContain("low");
    expect((await stack.find(META)).trace.skipped).toEqual([]);
    expect(stack.opened).toEqual([1, 0, 1]);
  });

  test("what cannot be read here is not tried twice", async () => {
    const xz = Buffer.from("fd377a585a000000", "hex");
    const { stack, provisionally } = await lookAt([packed(meta("low")), xz]);
    expect(provisionally.title).toBe("low");
    expect(await stack.text(META)).toContain("low");
    expect(stack.opened).toEqual([1, 0]);
  });
});

test("ending the inspection ends the look-ahead", async () => {
  const signal = AbortSignal.abort(new Error("gone"));
  const stack = stackOf([packed(meta("low"))]);
  const broken = Object.assign(stack.reader, {
    attempt: () => Promise.reject(new Error("the transfer was ended")),
  });
  const options = { reader: broken, limits: INSPECTION_LIMITS, signal, now: () => 0 };
  await expect(readProvisionalMetadata(stack.refs, options)).rejects.toThrow("gone");
});
