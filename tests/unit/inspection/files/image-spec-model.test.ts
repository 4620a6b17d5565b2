import { expect, test } from "vitest";
import { readProvisionalMetadata } from "@/lib/inspection/files/provisional-metadata";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
import fc from "@/tests/builders/fast-check";
import { gzipped, type TarPart, tarOf } from "@/tests/builders/tar-bytes";
import { stackOf } from "@/tests/unit/inspection/files/stack";

/**
 * The image specification in the simplest form: an unpacked image is a tree; each layer first deletes what its
 * whiteouts name, then puts its entries in their order. The folders of either are made where they are missing.
 */
type Tree = Map<string, Tree | string>;

function unpack(layers: TarPart[][]): Tree {
  const root: Tree = new Map();
  for (const parts of layers) {
    for (const part of parts) deleteBelow(root, part.name);
    for (const part of parts) put(root, part);
  }
  return root;
}

function deleteBelow(root: Tree, name: string): void {
  const names = name.split("/");
  const last = names.pop() ?? "";
  if (!last.startsWith(".wh.")) return;
  let at: Tree | string | undefined = root;
  for (const each of names) at = at instanceof Map ? at.get(each) : undefined;
  if (!(at instanceof Map)) return;
  if (last === ".wh..wh..opq") at.clear();
  else at.delete(last.slice(4));
}

function put(root: Tree, part: TarPart): void {
  const names = part.name.split("/");
  const last = names.pop() ?? "";
  let at = root;
  for (const each of names) {
    const next = at.get(each);
    const folder: Tree = next instanceof Map ? next : new Map();
    at.set(each, folder);
    at = folder;
  }
  if (last.startsWith(".wh.")) return;
  if (part.type !== "5") at.set(last, `${part.content}`);
  else if (!(at.get(last) instanceof Map)) at.set(last, new Map());
}

function read(root: Tree, path: string): string {
  let at: Tree | string | undefined = root;
  for (const name of path.split("/")) at = at instanceof Map ? at.get(name) : undefined;
  if (at === undefined) return "<absent>";
  return at instanceof Map ? "<not_a_file>" : at;
}

const name = fc.constantFrom("metadata.json", "a", "b");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
const below = fc.oneof(
  fc.constant(""),
  path.map((folder) => `${folder}/`),
);
const part: fc.Arbitrary<TarPart> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ name: path, content: fc.constantFrom("1", "2", "3", "4") }) },
  { weight: 2, arbitrary: fc.record({ name: path, type: fc.constant("5") }) },
  {
    weight: 3,
    arbitrary: fc.tuple(below, name).map(([folder, hidden]) => ({ name: `${folder}.wh.${hidden}` })),
  },
  { weight: 1, arbitrary: below.map((folder) => ({ name: `${folder}.wh..wh..opq` })) },
);
const layers = fc.array(fc.array(part, { maxLength: 6 }), { minLength: 1, maxLength: 6 });

const PATHS = [
  "metadata.json",
  "a",
  "b",
  "a/metadata.json",
  "a/b",
  "b/a",
  "a/b/metadata.json",
  "b/b/b",
  "a/a/a",
];

test("any stack of layers gives the files that unpacking it gives", async () => {
  await fc.assert(
    fc.asyncProperty(layers, fc.boolean(), async (stackOfParts, packed) => {
      const tree = unpack(stackOfParts);
      const bytes = stackOfParts.map((parts) => (packed ? gzipped(tarOf(...parts)) : tarOf(...parts)));
      const stack = stackOf(bytes);
      for (const wanted of PATHS) expect(await stack.text(wanted)).toBe(read(tree, wanted));
    }),
    { numRuns: 200 },
  );
});

test("looking ahead changes no answer, and no layer is read twice", async () => {
  const allowance = fc.record({ provisionalLayers: fc.nat(4), provisionalBytes: fc.nat(1_500) });
  await fc.assert(
    fc.asyncProperty(layers, allowance, async (stackOfParts, limits) => {
      const bytes = stackOfParts.map((parts) => gzipped(tarOf(...parts)));
      const stack = stackOf(bytes);
      const { signal } = new AbortController();
      const options = { reader: stack.reader, signal, now: () => 0 };
      await readProvisionalMetadata(stack.refs, { ...options, limits: { ...INSPECTION_LIMITS, ...limits } });
      expect(stack.opened.length).toBeLessThanOrEqual(limits.provisionalLayers);
      const proven = await stack.find("metadata.json");
      expect(proven).toEqual(await stackOf(bytes).find("metadata.json"));
      expect(new Set(stack.opened).size).toBe(stack.opened.length);
    }),
    { numRuns: 300 },
  );
});
