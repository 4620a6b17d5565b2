import { expect, test } from "vitest";
import { filesNamed, namesIn, symlinksBelow } from "@/lib/inspection/layers/directory-listing";
import { type LayerNode, type PathFacts, packDirectory } from "@/lib/inspection/layers/layer-directory";
import fc from "@/tests/builders/fast-check";

const NODES: readonly LayerNode[] = [
  { kind: "directory" },
  { kind: "file", sizeBytes: 12, body: 3 },
  { kind: "symlink", target: '\t{"kind":"symlink"' },
];

const name = fc.constantFrom(
  "a",
  "a-b",
  "a0",
  "b",
  "é",
  '"',
  "\t",
  "\n",
  '\t{"kind":"file"',
  "\ud83d\ude00",
  "\ud800",
);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const facts: fc.Arbitrary<PathFacts> = fc.record({
  path,
  node: fc.constantFrom(...NODES),
  whiteout: fc.constant(false),
  opaque: fc.constant(false),
  oddity: fc.constant(undefined),
});

const isBelow = (at: string, folder: string) => folder === "" || at.startsWith(`${folder}/`);
const unique = (values: Iterable<string>) => [...new Set(values)].sort();

test("a folder's links, files of a name and names are those among its paths", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(facts, { selector: (each) => each.path, maxLength: 30 }),
      fc.oneof(path, fc.constant("")),
      name,
      (all, folder, wanted) => {
        const directory = packDirectory(all);
        const below = all.filter((each) => isBelow(each.path, folder));
        const pathsOf = (kind: string) =>
          below.filter(({ node }) => node?.kind === kind).map((each) => each.path);
        expect(unique(symlinksBelow(directory, folder))).toEqual(unique(pathsOf("symlink")));
        expect(unique(filesNamed(directory, folder, wanted))).toEqual(
          unique(pathsOf("file").filter((file) => file.split("/").at(-1) === wanted)),
        );
        const rest = below.map((each) => each.path.slice(folder === "" ? 0 : folder.length + 1));
        expect(unique(namesIn(directory, folder))).toEqual(
          unique(rest.filter((each) => !each.includes("/"))),
        );
      },
    ),
    { numRuns: 500 },
  );
});
