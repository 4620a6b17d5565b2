import { expect, test } from "vitest";
import { TokenBuckets } from "@/lib/platform/rate-limits/token-buckets";
import fc from "@/tests/builders/fast-check";

const LIMIT = { perSecond: 20, burst: 200 };

test("a burst passes, the next one waits for its token, and one more comes every 50 ms", () => {
  const buckets = new TokenBuckets(LIMIT);
  for (let taken = 0; taken < 200; taken += 1) expect(buckets.consume("a", 0)).toBe(0);
  expect(buckets.consume("a", 0)).toBe(50);
  expect(buckets.consume("a", 49)).toBeCloseTo(1);
  expect(buckets.consume("a", 50)).toBe(0);
  expect(buckets.consume("a", 50)).toBe(50);
  expect(buckets.consume("b", 50)).toBe(0);
});

test("whatever the times, never more than the burst and what was gained since", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 600 }), (pauses) => {
      const buckets = new TokenBuckets(LIMIT);
      let nowMs = 0;
      let taken = 0;
      for (const pause of pauses) {
        nowMs += pause;
        if (buckets.consume("a", nowMs) === 0) taken += 1;
        expect(taken).toBeLessThanOrEqual(200 + (nowMs / 1000) * 20 + 1e-6);
      }
    }),
    { numRuns: 200 },
  );
});

test("only the most recently used keys are remembered", () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1, keysMax: 2 });
  expect(buckets.consume("a", 0)).toBe(0);
  expect(buckets.consume("b", 0)).toBe(0);
  expect(buckets.consume("a", 0)).toBeGreaterThan(0);
  expect(buckets.consume("c", 0)).toBe(0);
  expect(buckets.consume("a", 0)).toBeGreaterThan(0);
  expect(buckets.consume("b", 0)).toBe(0);
});
