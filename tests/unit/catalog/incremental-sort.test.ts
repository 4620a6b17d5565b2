import { expect, test } from "vitest";
import { changeOf, resorted } from "@/lib/catalog/listing/incremental-sort";
import fc from "@/tests/builders/fast-check";

type Item = { key: number };

const byKey = (a: Item, b: Item) => a.key - b.key;

/** What there is before, and what changes: a few differences in a long list, or many in a short one. */
const states = fc.oneof(statesOf(200, 8), statesOf(0, 40));

function statesOf(minLength: number, changes: number) {
  const keys = fc.uniqueArray(fc.nat(500), { minLength, maxLength: minLength + 100 });
  const changed = fc.uniqueArray(fc.nat(500), { maxLength: changes });
  return fc.record({ keys, changed });
}

test("a list that followed a change equals the list sorted again, with the same objects", () => {
  fc.assert(
    fc.property(states, ({ keys, changed }) => {
      const items = new Map(keys.map((key) => [key, { key }]));
      const before = [...items.values()].sort(byKey);
      for (const key of changed) {
        // Those that are there go or are replaced by an equal one, the others come.
        if (items.has(key) && key % 2 === 0) items.delete(key);
        else items.set(key, { key });
      }
      const now = [...items.values()];
      const found = resorted(before, changeOf(now, before), byKey);
      const expected = now.toSorted(byKey);
      expect(found).toHaveLength(expected.length);
      for (const [index, item] of expected.entries()) expect(found[index]).toBe(item);
    }),
  );
});
