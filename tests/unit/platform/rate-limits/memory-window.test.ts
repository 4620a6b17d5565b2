import { expect, test } from "vitest";
import { MemoryWindow } from "@/lib/platform/rate-limits/memory-window";

test("a window begins with the first time and ends for all that was counted in it", async () => {
  let now = 0;
  const window = new MemoryWindow({ windowSeconds: 60, nowMs: () => now });
  expect(await window.consume("a")).toEqual({ consumed: 1, msLeft: 60_000 });
  now = 59_999;
  expect(await window.consume("a")).toEqual({ consumed: 2, msLeft: 1 });
  expect((await window.peek("b")).consumed).toBe(0);
  now = 60_000;
  expect((await window.peek("a")).consumed).toBe(0);
  expect(await window.consume("a")).toEqual({ consumed: 1, msLeft: 60_000 });
});

test("what is taken back or forgotten does not count, and nothing counts below zero", async () => {
  const window = new MemoryWindow({ windowSeconds: 60 });
  for (let n = 0; n < 3; n += 1) await window.consume("a");
  await window.refund("a");
  expect((await window.peek("a")).consumed).toBe(2);
  await window.reset("a");
  await window.refund("a");
  expect((await window.consume("a")).consumed).toBe(1);
});

test("only the most recently used keys are counted", async () => {
  const window = new MemoryWindow({ windowSeconds: 60, keysMax: 2 });
  for (const key of ["a", "b", "a", "c"]) await window.consume(key);
  const usages = await Promise.all(["a", "b", "c"].map((key) => window.peek(key)));
  expect(usages.map(({ consumed }) => consumed)).toEqual([2, 0, 1]);
});
