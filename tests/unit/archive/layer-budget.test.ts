import { expect, test } from "vitest";
import { LayerBudget } from "@/lib/archive/layer-budget";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";

const limits = {
  ...INSPECTION_LIMITS,
  compressedBytes: 100,
  inflatedBytes: 100,
  layerEntries: 10,
  layerMs: 1000,
};

test("each allowance is exact and shared by all layers", () => {
  const budget = new LayerBudget(limits, () => 0);
  budget.admit(60);
  expect(() => budget.admit(41)).toThrow("41 bytes");
  budget.admit(40);
  expect(() => budget.admit(1)).toThrow("is 100");
  budget.spendInflated(100);
  expect(() => budget.spendInflated(1)).toThrow("decompress to more than 100");
  budget.spendEntries(10);
  expect(() => budget.spendEntries(1)).toThrow("entries");
});

test("time runs while a layer is read, and not between layers", async () => {
  let now = 5000;
  const budget = new LayerBudget(limits, () => now);
  const read = (ms: number) =>
    budget.timed(async () => {
      now += ms;
      budget.spendInflated(1);
    });
  await read(600);
  now += 60_000;
  budget.admit(1);
  await read(400);
  expect(budget.allowance().spent.elapsedMs).toBe(1000);
  await expect(read(1)).rejects.toMatchObject({ problem: { kind: "out_of_time" } });
  expect(() => budget.admit(1)).toThrow("longer than 1 seconds");
});
