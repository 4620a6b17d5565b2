import { expect, test } from "vitest";
import {
  factsAt,
  type LayerNode,
  type PathFacts,
  packDirectory,
} from "@/lib/inspection/layers/layer-directory";
import fc from "@/tests/builders/fast-check";

const NODES: readonly (LayerNode | undefined)[] = [
  undefined,
  { kind: "directory" },
  { kind: "special" },
  { kind: "file", sizeBytes: 12, body: 3 },
  { kind: "symlink", target: "../a\tb\n" },
  { kind: "hardlink", target: "\ud800" },
];

const path = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ unit: fc.constantFrom("a", "b", "/", "\t", "\n", '"', "é", "\ud83d\ude00"), maxLength: 6 }),
);

const facts: fc.Arbitrary<PathFacts> = fc.record({
  path,
  node: fc.constantFrom(...NODES),
  whiteout: fc.boolean(),
  opaque: fc.boolean(),
  oddity: fc.constantFrom(undefined, "duplicate", "outside_root"),
});

test("every path of a packed layer is found with all that was said of it, and no other path", () => {
  fc.assert(
    fc.property(fc.uniqueArray(facts, { selector: (each) => each.path }), path, (all, other) => {
      const directory = packDirectory(all);
      for (const each of all) expect(factsAt(directory, each.path)).toEqual(each);
      expect(factsAt(directory, other)).toEqual(all.find((each) => each.path === other));
    }),
    { numRuns: 200 },
  );
});
