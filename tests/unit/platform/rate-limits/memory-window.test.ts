import { expect, test } from "vitest";
import { WindowCounts } from "@/lib/platform/rate-limits/memory-window";

test("a window begins with the first time and ends for all that was counted in it", () => {
  let now = 0;
  const counts = new WindowCounts({ windowSeconds: 60, nowMs: () => now });
  expect(counts.add("a")).toEqual({ count: 1, msLeft: 60_000 });
  now = 59_999;
  expect(counts.add("a")).toEqual({ count: 2, msLeft: 1 });
  expect(counts.get("b").count).toBe(0);
  now = 60_000;
  expect(counts.get("a").count).toBe(0);
  expect(counts.add("a")).toEqual({ count: 1, msLeft: 60_000 });
});

test("what is taken back or forgotten does not count, and nothing counts below zero", () => {
  const counts = new WindowCounts({ windowSeconds: 60 });
  for (let n = 0; n < 3; n += 1) counts.add("a");
  counts.takeBack("a");
  expect(counts.get("a").count).toBe(2);
  counts.forget("a");
  counts.takeBack("a");
  expect(counts.add("a").count).toBe(1);
});

test("of very many keys only those used last are counted", () => {
  const counts = new WindowCounts({ windowSeconds: 60, keysMax: 2 });
  for (const key of ["a", "b", "a", "c"]) counts.add(key);
  expect(["a", "b", "c"].map((key) => counts.get(key).count)).toEqual([2, 0, 1]);
});
