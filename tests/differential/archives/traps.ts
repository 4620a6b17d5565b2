/** Archive entries that look different to different readers. Each trap hides a file, or puts one in its place. */

import {
  gnuLongName,
  paxHeader,
  paxRecord,
  type TarPart,
  tarHeader,
  tarPart,
} from "@/tests/builders/tar-bytes";
import { contentOf, type Piece, shown, targetOf } from "@/tests/differential/archives/entries";
import { type Name, pathOf, spelled } from "@/tests/differential/archives/names";
import type { Random } from "@/tests/registry/fuzz-run/random";

type Trap = (random: Random) => (TarPart<Name> | Uint8Array)[];

const BOM = Buffer.from("efbbbf", "hex");

const file = (random: Random, more: Partial<TarPart<Name>> = {}): TarPart<Name> => ({
  name: pathOf(random),
  content: contentOf(random),
  format: random.pick(["ustar", "gnu", "v7", "star"]),
  ...more,
});

export const TRAPS: Record<string, Trap> = {
  "name with a byte order mark": (random) => [
    file(random, { name: Buffer.concat([BOM, Buffer.from(pathOf(random))]) }),
  ],
  "PAX path with a byte order mark": (random) => [
    paxHeader([["path", Buffer.concat([BOM, Buffer.from(pathOf(random))])]]),
    file(random, { name: "other" }),
  ],
  "PAX key with a byte order mark": (random) => [
    paxHeader([[Buffer.concat([BOM, Buffer.from("path")]), "decoy"]]),
    file(random),
  ],
  "global header before the file": (random) => [
    random.pick([paxHeader({ path: "decoy" }), gnuLongName("decoy")]),
    global(random),
    file(random),
  ],
  "global header": (random) => [global(random), file(random)],
  "global header of a name": (random) => [
    { ...global(random), name: random.pick(["", "."]) || spelled(random, pathOf(random)) },
  ],
  "old folder with content": (random) => hidden(random, { name: "d/", type: "\0" }),
  "folder or link with content": (random) =>
    hidden(random, {
      name: "d",
      type: random.pick(["1", "2", "3", "4", "5", "6"]),
      linkName: "metadata.json",
    }),
  "old file whose name ends in a slash": (random) => [
    file(random, { name: `${pathOf(random)}/`, type: random.pick(["0", "\0"]), content: "" }),
  ],
  "file whose name ends in a slash": (random) => [file(random, { name: `${pathOf(random)}/`, type: "0" })],
  "GNU prefix": (random) => [
    file(random, { format: "gnu", prefix: random.pick(["elsewhere", "a", ".", "\xff"]) }),
  ],
  "GNU prefix, changed time": (random) => [file(random, { format: "gnu", patches: [[357, "a"]] })],
  "prefix behind an odd magic": (random) => [
    file(random, {
      format: random.pick(["ustar", "gnu"]),
      prefix: "elsewhere",
      patches: [[257, random.pick(["ustar  x", "ustar 00", "USTAR\x0000", "ustar\0  ", "ustar\0\0\0"])]],
    }),
  ],
  "long star prefix": (random) => [
    file(random, {
      format: "star",
      prefix: `${"a/".repeat(65)}b`,
      patches: random.pick([[], [[476, "7/7/7\0"]]]),
    }),
  ],
  "sparse name without a version": (random) => [
    paxHeader({ "GNU.sparse.name": random.pick(["decoy", pathOf(random)]), ...someSparse(random) }),
    file(random),
  ],
  "sparse 0.1": (random) => sparse01(random),
  "sparse 0.0": (random) => [
    paxHeader([
      ["GNU.sparse.size", "600"],
      ["GNU.sparse.numblocks", "1"],
      ["GNU.sparse.offset", "500"],
      ["GNU.sparse.numbytes", "6"],
    ]),
    file(random, { content: "sparse" }),
  ],
  "sparse 1.0": (random) => sparse10(random),
  "two extended headers": (random) => {
    const extended = () =>
      random.pick([
        paxHeader({ path: pathOf(random) }),
        paxHeader({ mtime: "1" }),
        gnuLongName(pathOf(random)),
      ]);
    return [extended(), extended(), file(random)];
  },
  "broken PAX record": (random) => [
    {
      name: "x",
      type: "x",
      content: random.pick([
        "+18 path=decoy\n",
        "012 path=de\n",
        "12 path=decoy\n",
        "9 path=x",
        "11 =decoy\n",
        "10 path\n",
        "14 path=a\0b\n\n",
        "17 comment=a\0b\n\n",
        Buffer.concat([paxRecord("path", "decoy"), Buffer.alloc(4)]),
      ]),
    },
    file(random),
  ],
  "PAX numbers": (random) => [
    paxHeader({
      [random.pick(["size", "uid", "mtime"])]: random.pick([
        "+16",
        "016",
        "-1",
        "1e1",
        "",
        "9999999999999999999",
        "0",
      ]),
    }),
    file(random),
  ],
  "size field": (random) => [
    file(random, {
      sizeField: random.pick([
        "         20 ",
        "\x0020\0\0\0\0\0\0\0\0\0",
        Buffer.from("800000000000000000000010", "hex"),
        Buffer.from("c00000000000000000000010", "hex"),
        Buffer.from("ffffffffffffffffffffffff", "hex"),
        Buffer.from("80ffffffffffffffffffffff", "hex"),
        "20          ",
        "2\x000         ",
      ]),
      content: "sixteen bytes it",
    }),
  ],
  "hard link through a link": (random) => [
    { name: "evil/m", content: contentOf(random) },
    { name: "link", type: "2", linkName: random.pick(["evil", "/evil", "a"]) },
    { name: pathOf(random), type: "1", linkName: "link/m" },
  ],
  "hard link of AUFS": (random) => [
    { name: `.wh..wh.plnk/${random.pick(["a/x", "x"])}`, content: contentOf(random) },
    { name: `.wh..wh.plnk/${random.pick(["b/x", "x"])}`, content: "short" },
    { name: pathOf(random), type: "1", linkName: random.pick([".wh..wh.plnk/a/x", ".wh..wh.plnk/b/x"]) },
  ],
  "hard link to a link": (random) => [
    { name: "a/link", type: "2", linkName: targetOf(random) },
    { name: pathOf(random), type: "1", linkName: "a/link" },
  ],
  "overlay attribute": (random) => [
    paxHeader({ [`SCHILY.xattr.trusted.overlay.${random.pick(["opaque", "redirect", "metacopy"])}`]: "y" }),
    { name: random.pick(["a/", "ui/", "./"]), type: "5" },
  ],
  "device that deletes": (random) => [file(random, { type: "3", content: "" })],
  "FIFO that is opened": (random) => {
    const fifo = random.pick(["a", "ui", "b", pathOf(random)]);
    return [
      { name: fifo, type: "6" },
      random.pick<TarPart<Name>>([
        { name: `${fifo}/${random.pick([".wh.", ".wh..wh."])}${random.pick(["b", "icon.svg", ".opq"])}` },
        { name: `${fifo}/b`, content: contentOf(random) },
        { name: pathOf(random), type: random.pick(["1", "2"]), linkName: fifo },
        { name: `${fifo}/`, type: "5" },
        { name: fifo, content: contentOf(random) },
      ]),
    ];
  },
  "file in a link": (random) => [
    { name: "link", type: "2", linkName: random.pick([".", "a", "ui"]) },
    { name: `link/${random.pick(["metadata.json", "b", "icon.svg"])}`, content: contentOf(random) },
  ],
  "checksum of signed bytes": (random) => [
    signedChecksum(file(random, { name: Buffer.concat([BOM, Buffer.from("x")]) })),
  ],
};

export function trapPiece(random: Random): Piece {
  const [label = "", trap = () => []] = random.pick(Object.entries(TRAPS)) ?? [];
  const parts = trap(random);
  const names = parts.flatMap((part) => (part instanceof Uint8Array ? [] : [shown(part.name)]));
  return {
    label: `${label}: ${names.join(", ")}`,
    bytes: Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : tarPart(part)))),
  };
}

function global(random: Random): TarPart<Name> {
  const records = random.pick<Record<string, string>>([
    { comment: "z" },
    { comment: "z" },
    { path: pathOf(random) },
    { size: "3" },
  ]);
  return {
    ...paxHeader(records),
    type: "g",
    name: random.pick(["pax_global_header", "/tmp/GlobalHead.1", "a/g", pathOf(random)]),
  };
}

function hidden(random: Random, outer: TarPart<Name>): Uint8Array[] {
  const inner = tarPart(file(random));
  return [tarHeader(outer, inner.length), inner];
}

function someSparse(random: Random): Record<string, string> {
  return random.pick<Record<string, string>>([
    {},
    {},
    { "GNU.sparse.major": "2", "GNU.sparse.minor": "0" },
    { "GNU.sparse.major": "1" },
    { "GNU.sparse.map": "" },
    { "GNU.sparse.realsize": "3" },
  ]);
}

function sparse01(random: Random): (TarPart<Name> | Uint8Array)[] {
  const version = random.pick<Record<string, string>>([
    {},
    { "GNU.sparse.major": "0", "GNU.sparse.minor": "1" },
  ]);
  const map = random.pick(["500,6", "0,3,597,3", "0,6", "594,6", "3,3,0,3", "0,7"]);
  const name = random.pick<Record<string, string>>([{}, { "GNU.sparse.name": pathOf(random) }]);
  const records = {
    ...version,
    ...name,
    "GNU.sparse.size": "600",
    "GNU.sparse.numblocks": `${map.split(",").length / 2}`,
  };
  return [paxHeader({ ...records, "GNU.sparse.map": map }), file(random, { content: "sparse" })];
}

function sparse10(random: Random): (TarPart<Name> | Uint8Array)[] {
  const map = random.pick([
    "1\n500\n6\n",
    "2\n0\n3\n597\n3\n",
    "1\n0\n6\n",
    "1\n594\n6\n",
    "0\n",
    "1\n0\n7\n",
    "x\n",
    "3\n1\n1\n",
  ]);
  const content = Buffer.concat([Buffer.from(map), Buffer.alloc(512 - map.length), Buffer.from("sparse")]);
  const records = { "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "600" };
  const name = random.pick<Record<string, string>>([{}, { "GNU.sparse.name": pathOf(random) }]);
  return [paxHeader({ ...records, ...name }), file(random, { content })];
}

function signedChecksum(part: TarPart<Name>): Uint8Array {
  const bytes = Buffer.from(tarPart(part));
  const highBytes = bytes.subarray(0, 512).filter((byte) => byte >= 128).length;
  const sum = Number.parseInt(bytes.toString("latin1", 148, 154), 8) - 256 * highBytes;
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return bytes;
}
