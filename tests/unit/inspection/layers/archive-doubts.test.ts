import { describe, expect, test } from "vitest";
import { archiveTricks } from "@/tests/builders/archive-tricks";
import {
  gnuLongLink,
  gnuLongName,
  paxHeader,
  type TarPart,
  tarHeader,
  tarOf,
  tarPart,
} from "@/tests/builders/tar-bytes";
import { stackOf } from "@/tests/unit/inspection/files/stack";

/**
 * Archives that look different to different readers. What is read of metadata.json is what Go's archive/tar, and so
 * Docker, unpacks; and that readers disagree is said wherever they do, and nowhere else.
 */

type Part = TarPart<string | Uint8Array> | Uint8Array;

const META = "metadata.json";
const GOOD = "good";
const EVIL = "evil";

const file = (name: string | Uint8Array, content = name.toString()): Part => ({ name, content });
const good = file(META, GOOD);
const evil = file(META, EVIL);
const global = (records: Record<string, string>, name = "pax_global_header"): Part => ({
  ...paxHeader(records),
  type: "g",
  name,
});
const holding = (outer: TarPart): Part[] => [tarHeader(outer, 1024), tarPart({ name: META, content: EVIL })];

async function seen(layers: Part[][], path = META): Promise<[string, string[]]> {
  const stack = stackOf(layers.map((parts) => tarOf(...parts)));
  const { trace } = await stack.find(path);
  return [await stack.text(path), trace.oddities.map((one) => `/${one.path} ${one.oddity}`)];
}

describe("what showed Gantry another file than Docker unpacks", () => {
  test.each(archiveTricks(GOOD, EVIL))("$name", async ({ layers, doubts }) => {
    const stack = stackOf(layers);
    const { trace } = await stack.find(META);
    expect(trace.oddities.map((one) => `/${one.path} ${one.oddity}`)).toEqual(doubts);
    // Where a hard link leads is not known for certain, and that is said.
    if (!doubts.includes("/metadata.json hardlink_order")) expect(await stack.text(META)).toBe(EVIL);
  });
});

describe("extended headers", () => {
  test.each<[string, Part[], string, string[]]>([
    [
      "a GNU long name over a PAX path",
      [paxHeader({ path: "x" }), gnuLongName(META), file("y", "1")],
      "1",
      ["/ extended_headers"],
    ],
    ["both with the same name", [paxHeader({ path: META }), gnuLongName(META), file("y", "1")], "1", []],
    [
      "a PAX header that replaces another",
      [paxHeader({ path: "x" }), paxHeader({ mtime: "1" }), good],
      GOOD,
      ["/ extended_headers"],
    ],
    ["two long names", [gnuLongName("x"), gnuLongName(META), file("y", "1")], "1", ["/ extended_headers"]],
    [
      "a long name forgotten at a global header",
      [gnuLongName("x"), global({}), good],
      GOOD,
      ["/ extended_headers"],
    ],
    ["a global path", [global({ path: "x" }), good], GOOD, ["/ extended_headers"]],
    ["a global comment", [global({ comment: "x" }), good], GOOD, []],
    [
      "a global header of the file's name",
      [good, global({ comment: "x" }, META)],
      GOOD,
      ["/metadata.json global_header"],
    ],
    [
      "a global header that looks like a whiteout",
      [good, global({}, ".wh.metadata.json")],
      GOOD,
      ["/metadata.json global_header"],
    ],
    ["a global header elsewhere", [good, global({}, "tmp/GlobalHead.1")], GOOD, []],
    [
      "a long link over a PAX one",
      [file("a", "1"), paxHeader({ linkpath: "b" }), gnuLongLink("a"), { name: META, type: "2" }],
      "1",
      ["/ extended_headers"],
    ],
    [
      "an attribute of the overlay file system",
      [paxHeader({ "SCHILY.xattr.trusted.overlay.opaque": "y" }), { name: "x", type: "5" }, good],
      GOOD,
      ["/ overlay_mark"],
    ],
    ["other attributes", [paxHeader({ "SCHILY.xattr.user.a": "y" }), good], GOOD, []],
    [
      "a signed length of a record",
      [{ name: "x", type: "x", content: "+18 path=elsewher\n" }, good],
      "<absent>",
      [],
    ],
    ["a signed size", [paxHeader({ size: "+4" }), good], GOOD, []],
  ])("%s", async (_name, parts, text, doubts) => {
    expect(await seen([parts])).toEqual([text, doubts]);
  });
});

describe("sparse files are read with their holes, and concern only their own paths", () => {
  const version01 = { "GNU.sparse.size": "8", "GNU.sparse.numblocks": "1", "GNU.sparse.map": "2,4" };
  const version10 = { "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "8" };
  const mapped = Buffer.concat([Buffer.from("1\n2\n4\n".padEnd(512, "\0")), Buffer.from(GOOD)]);
  const holed = `\0\0${GOOD}\0\0`;
  test.each<[string, Part[], string, string[]]>([
    ["0.1", [paxHeader(version01), good], holed, ["/metadata.json sparse_file"]],
    [
      "0.0",
      [
        paxHeader([
          ["GNU.sparse.size", "8"],
          ["GNU.sparse.numblocks", "1"],
          ["GNU.sparse.offset", "2"],
          ["GNU.sparse.numbytes", "4"],
        ]),
        good,
      ],
      holed,
      ["/metadata.json sparse_file"],
    ],
    ["1.0", [paxHeader(version10), { name: META, content: mapped }], holed, ["/metadata.json sparse_file"]],
    [
      "its own name",
      [paxHeader({ ...version01, "GNU.sparse.name": META }), file("x", GOOD)],
      holed,
      ["/metadata.json sparse_file"],
    ],
    [
      "another name",
      [good, paxHeader({ ...version01, "GNU.sparse.name": "x" }), evil],
      GOOD,
      ["/metadata.json sparse_file"],
    ],
    ["elsewhere", [good, paxHeader(version01), file("x", GOOD)], GOOD, []],
    ["an unknown version", [paxHeader({ "GNU.sparse.major": "2" }), good], GOOD, ["/ sparse_file"]],
    ["parts that overlap", [paxHeader({ ...version01, "GNU.sparse.map": "6,4" }), good], "<malformed>", []],
    [
      "parts that are not stored",
      [paxHeader({ ...version01, "GNU.sparse.map": "2,3" }), good],
      "<malformed>",
      [],
    ],
    ["a map without an end", [paxHeader(version10), { name: META, content: "9\n1\n" }], "<malformed>", []],
    ["a folder", [paxHeader(version01), { name: META, type: "5" }], "<malformed>", []],
  ])("%s", async (_name, parts, text, doubts) => {
    expect(await seen([parts])).toEqual([text, doubts]);
  });
});

describe("headers", () => {
  test.each<[string, Part[], string, string[]]>([
    [
      "a symbolic link with content",
      [good, ...holding({ name: "d", type: "2", linkName: "x" })],
      EVIL,
      ["/ hidden_content", "/metadata.json duplicate"],
    ],
    ["a file whose name ends in a slash", [file(`${META}/`, GOOD)], GOOD, ["/metadata.json slash_file"]],
    ["an old folder", [good, { name: "d/", type: "\0" }], GOOD, []],
    [
      "a prefix behind an unknown magic",
      [{ name: META, content: GOOD, prefix: "x", patches: [[257, "ustar 00"]] }],
      GOOD,
      ["/ doubtful_prefix"],
    ],
    [
      "a star prefix without an end",
      [good, { name: "x", format: "star", prefix: `${"a/".repeat(65)}b7` }],
      GOOD,
      ["/ doubtful_prefix"],
    ],
    [
      "a device by which the overlay file system deletes",
      [{ name: META, type: "3" }],
      "<not_a_file>",
      ["/metadata.json overlay_mark"],
    ],
    [
      "a device that is 0/0 once the kernel has cut its numbers",
      [{ name: META, type: "3", patches: [[329, Buffer.from("8000000000001000", "hex")]] }],
      "<not_a_file>",
      ["/metadata.json overlay_mark"],
    ],
    ["a device", [{ name: META, type: "3", patches: [[329, "0000001\0"]] }], "<not_a_file>", []],
    [
      "a number in base 256 as checksum",
      [{ name: META, content: GOOD, checksumError: 1 }],
      "<malformed>",
      [],
    ],
    ["an unreadable owner", [{ name: META, content: GOOD, patches: [[108, "x"]] }], "<malformed>", []],
    ["an unreadable time", [paxHeader({ mtime: "1e3" }), good], "<malformed>", []],
  ])("%s", async (_name, parts, text, doubts) => {
    expect(await seen([parts])).toEqual([text, doubts]);
  });
});

describe("entries that unpackers apply in different ways", () => {
  const link = (name: string, linkName: string): Part => ({ name, type: "2", linkName });
  const hard = (name: string, linkName: string): Part => ({ name, type: "1", linkName });
  test.each<[string, Part[][], string[]]>([
    ["a hard link to a file before it", [[file("a"), hard(META, "a")]], []],
    ["a hard link to a symbolic link before it", [[file("b"), link("a", "b"), hard(META, "a")]], []],
    [
      "a hard link to a file of a layer below",
      [[file("a")], [hard(META, "a")]],
      ["/metadata.json hardlink_order"],
    ],
    [
      "a hard link into AUFS's folder",
      [[file(".wh..wh.plnk/1"), hard(META, ".wh..wh.plnk/1")]],
      ["/metadata.json hardlink_order"],
    ],
    [
      "a hard link to that one",
      [[file(".wh..wh.plnk/1"), hard("a", ".wh..wh.plnk/1"), hard(META, "a")]],
      ["/metadata.json hardlink_order"],
    ],
    ["AUFS's own names", [[good, file(".wh..wh.plnk/1"), file(".wh..wh.aufs")]], []],
    ["an emptied root", [[good], [file(".wh..wh..opq")]], ["/ opaque_root"]],
    [
      "a folder below that is deleted and made again",
      [[file("a/b")], [file(".wh.a"), { name: "a", type: "5" }]],
      [],
    ],
  ])("%s", async (_name, layers, doubts) => {
    expect((await seen(layers))[1]).toEqual(doubts);
  });

  test("a doubt about a folder is one about all in it", async () => {
    const layers = [[file("a/b")], [file(".wh.a"), { name: "a", type: "5" }]];
    expect(await seen(layers, "a/b")).toEqual(["<absent>", ["/a beside_whiteout"]]);
    expect((await seen([[file(".wh..wh.plnk/1")]], ".wh..wh.plnk/1"))[1]).toEqual([
      "/.wh..wh.plnk aufs_name",
    ]);
  });

  test("a write into a folder that a broken layer may hold as a link", async () => {
    const broken = { name: "x", checksumError: 1 };
    expect((await seen([[broken], [file("a/b")]], "a/b"))[1]).toEqual(["/ unread_folder"]);
    expect((await seen([[broken], [good]]))[1]).toEqual([]);
  });
});

test("a name that is no UTF-8 equals no other name", async () => {
  const names = ["ff", "fe", "c0af", "eda080", "f4908080", "efbfbd"].map((hex) => Buffer.from(hex, "hex"));
  const parts = names.map((name, at) => file(name, `${at}`));
  expect(await seen([parts], "\ufffd")).toEqual(["5", []]);
  expect(await seen([parts], "\udcff")).toEqual(["5", []]);
  expect(
    await seen(
      [[...parts, file(Buffer.concat([Buffer.from(".wh."), Buffer.from("fffe", "hex")]))]],
      "\ufffd",
    ),
  ).toEqual(["5", []]);
});

test("whether a global header makes its folders is a doubt about each of them", async () => {
  const stack = stackOf([tarOf(global({}, "a/b/c"), file("ui/icon.svg"))]);
  const { trace } = await stack.find("a/b");
  const doubts = trace.oddities.map(({ path, oddity }) => `/${path} ${oddity}`);
  expect(doubts).toContain("/a/b global_header");
  expect((await stack.find("ui/icon.svg")).trace.oddities).toEqual([]);
});
