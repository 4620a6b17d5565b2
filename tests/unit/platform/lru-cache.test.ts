import { describe, expect, test } from "vitest";
import { lruCache } from "@/lib/platform/lru-cache";

const sized = (maxSize: number) => lruCache<string, number>({ maxSize, sizeOf: (size) => size });
const keptOf = (cache: ReturnType<typeof sized>, keys: readonly string[]) =>
  keys.filter((key) => cache.get(key) !== undefined);

describe("an LRU cache", () => {
  test("keeps what is used again and again, and evicts what is not", () => {
    const cache = sized(10);
    cache.set("used", 1);
    for (let index = 0; index < 50; index += 1) {
      cache.set(`once ${index}`, 1);
      expect(cache.get("used")).toBe(1);
    }
    expect(cache.get("once 40")).toBeUndefined();
    expect(cache.get("once 49")).toBe(1);
  });

  test("keeps an entry as large as itself, alone, and nothing larger", () => {
    const cache = sized(10);
    cache.set("small", 1);
    cache.set("whole", 10);
    expect(keptOf(cache, ["small", "whole"])).toEqual(["whole"]);
    cache.set("too large", 11);
    expect(keptOf(cache, ["whole", "too large"])).toEqual(["whole"]);
  });

  test("bounds the number of entries without a size, also of empty ones", () => {
    for (const sizeOf of [undefined, () => 0]) {
      const cache = lruCache<string, number>({ maxSize: 3, ...(sizeOf && { sizeOf }) });
      for (let index = 0; index < 100; index += 1) cache.set(`key ${index}`, index);
      expect([...cache.values()]).toEqual([99, 98, 97]);
    }
  });

  test("forgets entries after their time to live, by the caller's clock", () => {
    let nowMs = 1;
    const cache = lruCache<string, number>({ maxSize: 10, ttlMs: 100, nowMs: () => nowMs });
    cache.set("old", 1);
    nowMs = 101;
    expect(cache.get("old")).toBe(1);
    nowMs = 102;
    expect(cache.get("old")).toBeUndefined();
  });
});
