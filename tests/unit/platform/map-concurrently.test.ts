import { describe, expect, test } from "vitest";
import { mapConcurrently } from "@/lib/platform/map-concurrently";

describe("a concurrency limit", () => {
  test("keeps the order, and never runs more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const results = await mapConcurrently([...Array(20).keys()], 3, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return item * 2;
    });
    expect(results).toEqual([...Array(20).keys()].map((item) => item * 2));
    expect(most).toBe(3);
  });

  test("stops at the first error, and throws it when running work has ended", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const working = mapConcurrently([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 1) throw new Error("one");
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(item);
    });
    await expect(working).rejects.toThrow("one");
    expect(begun.length).toBeLessThan(5);
    expect(ended).toEqual(begun.filter((item) => item !== 1));
  });
});
