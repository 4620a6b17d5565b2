import { expect, test } from "vitest";
import { Remembered } from "@/lib/media/remembered";

test("what is old goes, and beyond the bound the oldest, however small each of very many is", () => {
  let now = 0;
  const known = new Remembered<number>({
    lifetimeMs: 100,
    maxBytes: 3_000,
    sizeOf: (size) => size,
    now: () => now,
  });
  known.set("old", 1);
  now = 100;
  expect(known.get("old")).toBeUndefined();
  for (let n = 0; n < 1_000; n += 1) known.set(`key ${n}`, 1);
  const held = Array.from({ length: 1_000 }, (_none, n) => known.get(`key ${n}`)).filter(
    (size) => size === 1,
  );
  expect(held.length).toBeLessThan(10);
  expect(known.get("key 999")).toBe(1);
  known.set("huge", 3_001);
  expect(known.get("huge")).toBeUndefined();
});
