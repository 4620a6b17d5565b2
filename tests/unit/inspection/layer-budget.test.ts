import { expect, test } from "vitest";
import { LayerBudget } from "@/lib/inspection/layers/layer-budget";
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
  expect(() => budget.admit(1)).toThrow("100 bytes");
  budget.spendInflated(100);
  expect(() => budget.spendInflated(1)).toThrow("decompression");
  budget.spendEntries(10);
  expect(() => budget.spendEntries(1)).toThrow("entries");
});

test("time runs from the first layer on", () => {
  let now = 5000;
  const budget = new LayerBudget(limits, () => now);
  now = 9000;
  budget.admit(1);
  now = 10_000;
  budget.spendInflated(1);
  now = 10_001;
  expect(() => budget.spendInflated(1)).toThrow("longer than 1 seconds");
});
