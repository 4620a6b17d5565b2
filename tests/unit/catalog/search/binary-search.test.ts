import { expect, test } from "vitest";
import { firstIndex } from "@/lib/catalog/search/binary-search";
import fc from "@/tests/builders/fast-check";

test("the first index is the one that a linear search finds", () => {
  const numbers = fc.array(fc.nat(20)).map((some) => some.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(numbers, fc.nat(21), fc.nat(5), (sorted, wanted, start) => {
      const from = Math.min(start, sorted.length);
      const found = sorted.findIndex((number, index) => index >= from && number >= wanted);
      const first = firstIndex(sorted.length, (index) => (sorted[index] ?? 0) >= wanted, from);
      expect(first).toBe(found === -1 ? sorted.length : found);
    }),
  );
});
