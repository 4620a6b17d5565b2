import { expect, test } from "vitest";
import { retry } from "@/lib/egress/retry";

const always = () => true;

test("an operation that keeps failing is tried three times, with growing random pauses", async () => {
  const pauses: number[] = [];
  let calls = 0;
  const outcome = retry(
    async () => {
      calls += 1;
      throw new Error(`try ${calls}`);
    },
    { worthRetrying: always, random: () => 0.5, baseDelayMs: 100, sleep: async (ms) => void pauses.push(ms) },
  );
  await expect(outcome).rejects.toThrow("try 3");
  expect(calls).toBe(3);
  expect(pauses).toEqual([50, 200]);
});

test("what a repetition can't mend is thrown at once", async () => {
  let calls = 0;
  const outcome = retry(
    async () => {
      calls += 1;
      throw new Error("final");
    },
    { worthRetrying: () => false, sleep: async () => {} },
  );
  await expect(outcome).rejects.toThrow("final");
  expect(calls).toBe(1);
});

test("an aborted caller gets no further try", async () => {
  const controller = new AbortController();
  let calls = 0;
  const outcome = retry(
    async () => {
      calls += 1;
      controller.abort();
      throw new Error("first");
    },
    { worthRetrying: always, signal: controller.signal, sleep: async () => {} },
  );
  await expect(outcome).rejects.toThrow("first");
  expect(calls).toBe(1);
});
