import { describe, expect, test } from "vitest";
import { BoundedCache } from "@/lib/platform/bounded-cache";
import fc from "@/tests/builders/fast-check";

const cacheOf = (bytesMax: number) => new BoundedCache<number>(bytesMax, (size) => size);
const keptOf = (cache: BoundedCache<number>, keys: readonly string[]) =>
  keys.filter((key) => cache.get(key) !== undefined);

describe("a bounded cache", () => {
  test("keeps what is used again and again, and forgets what is not", () => {
    const cache = cacheOf(10);
    cache.set("used", 1);
    for (let index = 0; index < 50; index += 1) {
      cache.set(`once ${index}`, 1);
      expect(cache.get("used")).toBe(1);
    }
    expect(cache.get("once 0")).toBeUndefined();
    expect(cache.get("once 49")).toBe(1);
  });

  test("keeps what fits into the whole space, alone if it must, and nothing larger", () => {
    const cache = cacheOf(10);
    cache.set("small", 1);
    cache.set("whole", 10);
    expect(keptOf(cache, ["small", "whole"])).toEqual(["whole"]);
    cache.set("too large", 11);
    expect(keptOf(cache, ["whole", "too large"])).toEqual(["whole"]);
  });

  test("never holds more than it may, and never another value than the last of its key", () => {
    const act = fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e"), size: fc.option(fc.nat(12)) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const cache = cacheOf(20);
        const last = new Map<string, number>();
        for (const { key, size } of acts) {
          if (size !== null) {
            cache.set(key, size);
            last.set(key, size);
          }
          const found = cache.get(key);
          expect(found === undefined || found === last.get(key)).toBe(true);
          if (size !== null) expect(found).toBe(size);
        }
        const held = [...last.keys()].reduce((sum, key) => sum + (cache.get(key) ?? 0), 0);
        expect(held).toBeLessThanOrEqual(20);
      }),
    );
  });
});
