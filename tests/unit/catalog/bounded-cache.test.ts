import fc from "fast-check";
import { expect, test } from "vitest";
import { BoundedCache } from "@/lib/catalog/bounded-cache";

test("whatever is put in, what was used last stays and the bytes never exceed the bound", () => {
  const put = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), size: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(put, { maxLength: 60 }), (puts) => {
      const cache = new BoundedCache<number>(10, (size) => size);
      for (const { key, size } of puts) {
        cache.set(key, size);
        expect(cache.get(key)).toBe(size > 10 ? undefined : size);
        const held = ["a", "b", "c", "d"].map((each) => cache.get(each) ?? 0);
        expect(held.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(10);
      }
    }),
    { numRuns: 200 },
  );
});
