import { describe, expect, test } from "vitest";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { gnuLongName, gzipped, type TarPart, tarOf } from "@/tests/builders/tar-bytes";
import { stackOf } from "@/tests/unit/inspection/files/stack";

const META = "metadata.json";
const file = (name: string, content = name): TarPart => ({ name, content });
const link = (name: string, linkName: string): TarPart => ({ name, type: "2", linkName });
const hard = (name: string, linkName: string): TarPart => ({ name, type: "1", linkName });
const folder = (name: string): TarPart => ({ name, type: "5" });

describe("the last layer wins, and whiteouts hide lower layers only", () => {
  const cases: [string, TarPart[][], string][] = [
    ["only layer", [[file(META, "1")]], "1"],
    ["lowest layer", [[file(META, "1")], [file("x")], [file("y")]], "1"],
    ["middle layer", [[file("x")], [file(META, "2")], [file("y")]], "2"],
    ["in two layers", [[file(META, "1")], [file("x")], [file(META, "2")], [file("y")]], "2"],
    ["in none", [[file("x")], [file("y")]], "<absent>"],
    ["no entries", [[], []], "<absent>"],
    ["deleted later", [[file(META, "1")], [file(".wh.metadata.json")]], "<absent>"],
    ["deleted and added again", [[file(META, "1")], [file(".wh.metadata.json")], [file(META, "3")]], "3"],
    [
      "deleted and added in one layer",
      [[file(META, "1")], [file(".wh.metadata.json"), file(META, "2")]],
      "2",
    ],
    [
      "added and deleted in one layer",
      [[file(META, "1")], [file(META, "2"), file(".wh.metadata.json")]],
      "2",
    ],
    ["root made opaque later", [[file(META, "1")], [file(".wh..wh..opq")]], "<absent>"],
    ["opaque root after its file", [[file(META, "1")], [file(META, "2"), file(".wh..wh..opq")]], "2"],
    ["opaque root before its file", [[file(META, "1")], [file(".wh..wh..opq"), file(META, "2")]], "2"],
    ["opaque elsewhere", [[file(META, "1")], [file("ui/.wh..wh..opq")]], "1"],
    ["whiteout elsewhere", [[file(META, "1")], [file("ui/.wh.metadata.json")]], "1"],
    ["whiteout of a longer name", [[file(META, "1")], [file(".wh.metadata.json5")]], "1"],
    ["aufs bookkeeping", [[file(META, "1")], [file(".wh..wh.plnk/1"), file(".wh..wh.aufs")]], "1"],
    ["twice in one layer", [[file(META, "first"), file("x"), file(META, "last")]], "last"],
    ["a folder", [[folder(META)]], "<not_a_file>"],
    ["a folder over the file", [[file(META, "1")], [file("metadata.json/x")]], "<not_a_file>"],
    ["a fifo", [[{ name: META, type: "6" }]], "<not_a_file>"],
    ["a device over the file", [[file(META, "1")], [{ name: META, type: "3" }]], "<not_a_file>"],
  ];
  test.each(cases)("%s", async (_name, layers, expected) => {
    const stack = stackOf(layers.map((parts) => gzipped(tarOf(...parts))));
    expect(await stack.text(META)).toBe(expected);
  });

  test.each<[string, TarPart[][], string]>([
    ["folder deleted later", [[file("ui/a.svg", "1")], [file(".wh.ui")]], "<absent>"],
    [
      "folder deleted and made again",
      [[file("ui/a.svg", "1")], [file(".wh.ui"), file("ui/b.svg")]],
      "<absent>",
    ],
    [
      "folder made opaque",
      [[file("ui/a.svg", "1")], [file("ui/.wh..wh..opq"), file("ui/b.svg")]],
      "<absent>",
    ],
    ["folder replaced by a file", [[file("ui/a.svg", "1")], [file("ui")]], "<absent>"],
    ["folder replaced and made again", [[file("ui/a.svg", "1")], [file("ui")], [folder("ui")]], "<absent>"],
    ["folder repeated", [[file("ui/a.svg", "1")], [folder("ui/"), file("ui/b.svg")]], "1"],
    ["grown in a higher layer", [[file("ui/b.svg")], [file("ui/a.svg", "2")]], "2"],
  ])("below a folder: %s", async (_name, layers, expected) => {
    expect(await stackOf(layers.map((parts) => tarOf(...parts))).text("ui/a.svg")).toBe(expected);
  });
});

describe("links are followed inside the image", () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, at) =>
      link(at === 0 ? META : `l${at}`, at === length - 1 ? "end" : `l${at + 1}`),
    );
  test.each<[string, TarPart[][], string]>([
    ["relative", [[link(META, "app/meta.json"), file("app/meta.json", "1")]], "1"],
    ["absolute", [[link(META, "/app/meta.json"), file("app/meta.json", "1")]], "1"],
    ["with dots", [[link(META, "./app/../app/./meta.json"), file("app/meta.json", "1")]], "1"],
    ["target in a lower layer", [[file("app/meta.json", "1")], [link(META, "app/meta.json")]], "1"],
    ["target in a higher layer", [[link(META, "app/meta.json")], [file("app/meta.json", "2")]], "2"],
    ["target replaced later", [[file("m", "1")], [link(META, "m")], [file("m", "3")]], "3"],
    ["through a linked folder", [[link(META, "cur/m"), link("cur", "v1"), file("v1/m", "1")]], "1"],
    ["eight in a row", [[...chain(8), file("end", "1")]], "1"],
    ["nine in a row", [[...chain(9), file("end", "1")]], "<broken_link>"],
    ["forty in a row", [[...chain(40), file("end", "1")]], "<broken_link>"],
    ["a circle", [[link(META, "b"), link("b", META)]], "<broken_link>"],
    ["itself", [[link(META, META)]], "<broken_link>"],
    ["out of the image", [[link(META, "../etc/passwd"), file("etc/passwd", "1")]], "<broken_link>"],
    ["nowhere", [[link(META, "missing")]], "<broken_link>"],
    ["to nothing", [[link(META, "")]], "<not_a_file>"],
    ["to a folder", [[link(META, "app"), folder("app")]], "<not_a_file>"],
    ["below a file", [[link(META, "x/y"), file("x")]], "<broken_link>"],
    ["hard, same layer", [[file("app/m", "1"), hard(META, "app/m")]], "1"],
    ["hard, absolute name", [[file("app/m", "1"), hard(META, "/app/m")]], "1"],
    ["hard, lower layer", [[file("app/m", "1")], [hard(META, "app/m")]], "1"],
    ["hard, target replaced after", [[file("m", "old"), hard(META, "m"), file("m", "new")]], "old"],
    [
      "hard, target replaced in a higher layer",
      [[file("m", "old")], [hard(META, "m")], [file("m", "new")]],
      "old",
    ],
    ["hard, nowhere", [[hard(META, "missing")]], "<broken_link>"],
    ["hard, to itself", [[hard(META, META)]], "<not_a_file>"],
    ["hard, out of the image", [[hard(META, "../m")]], "<not_a_file>"],
  ])("%s", async (_name, layers, expected) => {
    expect(await stackOf(layers.map((parts) => gzipped(tarOf(...parts)))).text(META)).toBe(expected);
  });
});

test.each([
  ["absolute: from the root", "/app/x", "root"],
  ["relative: from the link's folder", "app/x", "ui"],
  ["up and down", "../app/x", "root"],
])("a link in a folder, %s", async (_name, target, expected) => {
  const stack = stackOf([tarOf(file("app/x", "root"), file("ui/app/x", "ui"), link("ui/icon", target))]);
  expect(await stack.text("ui/icon")).toBe(expected);
});

describe("what unpackers disagree on is told", () => {
  test.each<[string, TarPart[][], string[]]>([
    ["nothing odd", [[folder("ui"), file(META), folder("ui")]], []],
    ["duplicate", [[file(META, "1"), file(META, "2")]], ["metadata.json duplicate"]],
    [
      "whiteout beside its file",
      [[file(".wh.metadata.json"), file(META)]],
      ["metadata.json beside_whiteout"],
    ],
    ["an opaque root", [[file(".wh..wh..opq"), file(META)]], [" opaque_root"]],
    ["a name outside the root", [[file("../metadata.json", "evil"), file(META)]], [" outside_root"]],
    ["a whiteout of the root", [[file(META)], [file(".wh.")]], [" outside_root"]],
    [
      "an opaque root after its file",
      [[file(META), file(".wh..wh..opq")]],
      [" opaque_root", "metadata.json beside_whiteout"],
    ],
    [
      "a hard link before its file",
      [[file("m", "1")], [hard(META, "m"), file("m", "2")]],
      ["metadata.json hardlink_order"],
    ],
    [
      "a hard link to what the layer deletes",
      [[file("m", "1")], [hard(META, "m"), file(".wh.m")]],
      ["metadata.json hardlink_order"],
    ],
    [
      "a write through a link of the layer",
      [[file(META, "1"), link("a", "."), file("a/metadata.json", "2")]],
      [" under_other"],
    ],
    [
      "a deletion below a FIFO of the layer",
      [[file(META), { name: "a", type: "6" }, file("a/.wh.b")]],
      [" under_other"],
    ],
    [
      "a deletion below a FIFO of a layer below",
      [[file(META), { name: "a", type: "6" }], [file("a/.wh.b")]],
      [" through_link"],
    ],
    ["a write below a file elsewhere", [[file(META), file("a"), file("a/b")]], []],
    [
      "a write through a link of a layer below",
      [[link("a", ".")], [file(META, "1")], [file("a/metadata.json", "2")]],
      [" through_link"],
    ],
    [
      "a deletion through a link of a layer below",
      [[link("a", ".")], [file(META, "1")], [file("a/.wh.metadata.json")]],
      [" through_link"],
    ],
    [
      "a write through a deeper link",
      [[folder("b"), link("b/a", "..")], [file(META, "1")], [file("b/a/metadata.json")]],
      [" through_link"],
    ],
    [
      "a write into a folder of a layer below",
      [[folder("a")], [file(META, "1")], [file("a/metadata.json", "2")]],
      [],
    ],
    [
      "a write into a folder of its own",
      [[link("a", ".")], [file(META, "1")], [folder("a"), file("a/metadata.json", "2")]],
      [],
    ],
    [
      "a write into a folder that was deleted before",
      [[link("a", ".")], [file(".wh.a")], [file(META, "1"), file("a/b")]],
      [],
    ],
    ["odd names elsewhere", [[file("x", "1"), file("x", "2"), file(META)]], []],
    ["an odd layer below the file", [[file(META, "1"), file(META, "2")], [file(META)]], []],
  ])("%s", async (_name, layers, expected) => {
    const found = await stackOf(layers.map((parts) => tarOf(...parts))).find(META);
    expect(found.trace.oddities.map(({ path, oddity }) => `${path} ${oddity}`)).toEqual(expected);
  });

  test("on the way through folders too", async () => {
    const stack = stackOf([tarOf(link("ui", "x"), file("ui/a.svg", "1"))]);
    expect(await stack.text("ui/a.svg")).toBe("1");
    expect((await stack.find("ui/a.svg")).trace.oddities).toMatchObject([
      { path: "", oddity: "under_other" },
    ]);
  });
});

describe("no more is read than needed", () => {
  const layers = [
    tarOf(file("base")),
    tarOf(file(META, "1")),
    tarOf(file("top"), folder("ui"), file("ui/deep.svg", "icon")),
  ];

  test("layers below the one that decides stay unread", async () => {
    const stack = stackOf(layers);
    expect(await stack.text(META)).toBe("1");
    expect(stack.opened).toEqual([2, 1]);
  });

  test("small files of the root are kept, others cost one more reading of their layer only", async () => {
    const stack = stackOf(layers);
    expect(await stack.text(META)).toBe("1");
    expect(await stack.text("top")).toBe("top");
    expect(stack.opened).toEqual([2, 1]);
    expect(await stack.text("ui/deep.svg")).toBe("icon");
    expect(stack.opened).toEqual([2, 1, 2]);
  });

  test("a layer that occurs many times is read once", async () => {
    const same = tarOf(file("same"));
    const stack = stackOf([tarOf(file(META, "1")), ...Array.from({ length: 500 }, () => same)]);
    expect(await stack.text(META)).toBe("1");
    expect(stack.opened).toEqual([1, 0]);
  });

  test("512 layers are each read once, and none at all hold nothing", async () => {
    const others = Array.from({ length: 511 }, (_, at) => tarOf(file(`layer-${at}`)));
    const stack = stackOf([tarOf(file(META, "1")), ...others]);
    expect(await stack.text(META)).toBe("1");
    expect(await stack.text(META)).toBe("1");
    expect(stack.opened).toEqual(Array.from({ length: 512 }, (_, at) => 511 - at));
    expect(await stackOf([]).text(META)).toBe("<absent>");
  });

  test("remembered facts make a second image free", async () => {
    const facts = layerFactsInMemory();
    await stackOf(layers, { facts }).text(META);
    const second = stackOf(layers, { facts });
    expect(await second.text(META)).toBe("1");
    expect(second.opened).toEqual([]);
  });
});

describe("layers that cannot be read", () => {
  const broken = tarOf({ ...file("x"), checksumError: 1 });

  test("a broken layer above the file makes the answer unknown", async () => {
    expect(await stackOf([tarOf(file(META, "1")), broken]).text(META)).toBe("<malformed>");
  });

  test("a broken layer below it changes nothing", async () => {
    expect(await stackOf([broken, tarOf(file(META, "1"))]).text(META)).toBe("1");
  });

  test("a layer over our limit is passed over and told, once", async () => {
    const big = tarOf(file("big", "x".repeat(5000)));
    const limits = { compressedBytes: 4000 };
    const stack = stackOf([tarOf(file("dir/m", "1"), link(META, "dir/m")), big], { limits });
    const found = await stack.find(META);
    expect(found.kind).toBe("file");
    expect(found.trace.skipped).toMatchObject([
      { layer: stack.refs[1], problem: { kind: "over_limit", reason: expect.stringContaining("4000") } },
    ]);
    expect(stack.opened).toEqual([0]);
  });

  test("time that runs out is an error to try again: neither the search nor the facts know anything of it", async () => {
    let now = 0;
    const facts = layerFactsInMemory();
    const slow = stackOf([tarOf(file(META, "1"))], { facts, now: () => (now += 60_001) });
    await expect(slow.find(META)).rejects.toMatchObject({ code: "limit_exceeded", retryable: true });
    const [layer] = slow.refs;
    expect(layer && (await facts.get(layer.digest))).toBeUndefined();
    const fast = stackOf([tarOf(file(META, "1"))], { facts });
    expect(await fast.text(META)).toBe("1");
  });

  test("a layer that we cannot read is opened once", async () => {
    const stack = stackOf([tarOf(file(META, "1")), Buffer.from("fd377a585a000000", "hex")]);
    expect([await stack.text(META), await stack.text(META)]).toEqual(["1", "1"]);
    expect(stack.opened).toEqual([1, 0]);
  });

  test("the transfer limit is exact and shared by all layers", async () => {
    const layers = [tarOf(file(META, "1")), tarOf(file("x"))];
    const total = layers.reduce((sum, bytes) => sum + bytes.length, 0);
    expect(await stackOf(layers, { limits: { compressedBytes: total } }).text(META)).toBe("1");
    expect(await stackOf(layers, { limits: { compressedBytes: total - 1 } }).text(META)).toBe("<absent>");
  });

  test("a long GNU name that hides a path is seen", async () => {
    const stack = stackOf([tarOf(file("a/m", "1")), tarOf(gnuLongName("a/.wh.m"), file("innocent"))]);
    expect(await stack.text("a/m")).toBe("<absent>");
  });
});
