import { expect, test } from "vitest";
import { RecentMap } from "@/lib/platform/recent-map";
import fc from "@/tests/builders/fast-check";

test("the keys used last are kept, whatever is done with it", () => {
  const act = fc.record({ act: fc.constantFrom("get", "set", "delete"), key: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), fc.integer({ min: 1, max: 6 }), (acts, keysMax) => {
      const map = new RecentMap<number, number>(keysMax);
      let recent: number[] = [];
      for (const { act, key } of acts) {
        const known = recent.includes(key);
        const others = recent.filter((each) => each !== key);
        if (act === "get") expect(map.get(key)).toBe(known ? key : undefined);
        if (act === "set") map.set(key, key);
        if (act === "delete") map.delete(key);
        recent = act === "delete" || (act === "get" && !known) ? others : [...others, key].slice(-keysMax);
        expect(map.size).toBe(recent.length);
      }
    }),
    { numRuns: 200 },
  );
});
