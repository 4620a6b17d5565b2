import { paxHeader, type TarPart, tarHeader, tarOf, tarPart } from "@/tests/builders/tar-bytes";

type Part = TarPart<string | Uint8Array> | Uint8Array;

export type ArchiveTrick = {
  name: string;
  /** The lowest first. */
  layers: Uint8Array[];
  /** What Gantry says of metadata.json beside its content. */
  doubts: string[];
};

const META = "metadata.json";
const BOM = Buffer.from("efbbbf", "hex");
const marked = (name: string) => Buffer.concat([BOM, Buffer.from(name)]);

/** Images whose metadata.json is `evil` to Docker, and was `good` to a reader that is not exact. */
export function archiveTricks(good: string, evil: string): ArchiveTrick[] {
  const goodFile: Part = { name: META, content: good };
  const evilFile: Part = { name: META, content: evil };
  const inner = tarPart({ name: META, content: evil });
  const tricks: [name: string, layers: Part[][], doubts: string[]][] = [
    [
      "a PAX path with a byte order mark",
      [[evilFile], [paxHeader([["path", marked(META)]]), { name: "x", content: good }]],
      [],
    ],
    ["a name with a byte order mark", [[evilFile], [{ name: marked(META), content: good }]], []],
    [
      "a PAX key with a byte order mark",
      [[goodFile], [paxHeader([[marked("path"), "decoy"]]), evilFile]],
      [],
    ],
    [
      "a global header between a PAX header and its file",
      [
        [goodFile],
        [
          paxHeader({ path: "decoy" }),
          { ...paxHeader({ comment: "z" }), type: "g", name: "pax_global_header" },
          evilFile,
        ],
      ],
      ["/ extended_headers"],
    ],
    [
      "an old folder with content",
      [[goodFile], [tarHeader({ name: "d/", type: "\0" }, inner.length), inner]],
      ["/ hidden_content"],
    ],
    [
      "the name of a sparse file without a version",
      [[goodFile], [paxHeader({ "GNU.sparse.name": "decoy" }), evilFile]],
      ["/ sparse_file"],
    ],
    [
      "a prefix in a GNU header",
      [[evilFile], [{ name: META, content: good, format: "gnu", prefix: "elsewhere" }]],
      ["/ doubtful_prefix"],
    ],
    [
      "a hard link through a symbolic link of its layer",
      [
        [{ name: "link/m", content: good }, evilFile],
        [
          { name: "dir/m", content: evil },
          { name: "link", type: "2", linkName: "dir" },
          { name: META, type: "1", linkName: "link/m" },
        ],
      ],
      ["/metadata.json hardlink_order"],
    ],
  ];
  return tricks.map(([name, layers, doubts]) => ({
    name,
    layers: layers.map((parts) => tarOf(...parts)),
    doubts,
  }));
}
