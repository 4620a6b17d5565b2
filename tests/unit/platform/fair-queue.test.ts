import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createFairQueue, type FairQueueLimits, type Standing } from "@/lib/platform/fair-queue";
import fc from "@/tests/builders/fast-check";

const NEVER = new AbortController().signal;
const BUSY = { busyMessage: "Too many images are being looked at already.", retryAfterSeconds: 15 };
const LIMITS = { atOnce: 2, atOncePerKey: 1, waiting: 20, waitingPerKey: 5 };

/** Work that ends when told to, and notes in which order it began. */
function bench(limits: FairQueueLimits = LIMITS) {
  const queue = createFairQueue(limits, BUSY);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  return {
    begun,
    ask: (key: string, standing: Standing = "anonymous") =>
      queue.run({ key, standing }, async () => {
        begun.push(key);
        await new Promise<void>((resolve) => ends.push(resolve));
      }),
    async endFirst() {
      await nextTurn();
      ends.shift()?.();
      await nextTurn();
    },
  };
}

test("one who asks for much waits for the others", async () => {
  const { ask, begun, endFirst } = bench({ ...LIMITS, atOnce: 1 });
  const all = ["greedy", "greedy", "greedy", "modest", "other"].map((key) => ask(key));
  for (let at = 0; at < all.length; at += 1) await endFirst();
  await Promise.all(all);
  expect(begun).toEqual(["greedy", "greedy", "modest", "other", "greedy"]);
});

test("no one holds two slots while the limit is one each", async () => {
  const { ask, begun, endFirst } = bench();
  const all = ["a", "a", "b"].map((key) => ask(key));
  await nextTurn();
  expect(begun).toEqual(["a", "b"]);
  for (let at = 0; at < all.length; at += 1) await endFirst();
  await Promise.all(all);
  expect(begun).toEqual(["a", "b", "a"]);
});

test("a caller that leaves while waiting never starts, and one that fails releases its slot", async () => {
  const queue = createFairQueue({ ...LIMITS, atOnce: 1 }, BUSY);
  const leaving = new AbortController();
  let fail: () => void = () => undefined;
  const failing = queue.run(
    { key: "a", signal: NEVER },
    () => new Promise((_, reject) => (fail = () => reject(new Error("broken")))),
  );
  const left = queue.run({ key: "b", signal: leaving.signal }, () =>
    Promise.reject(new Error("never begun")),
  );
  const next = queue.run({ key: "c", signal: NEVER }, async () => "done");
  leaving.abort(new Error("went away"));
  await expect(left).rejects.toThrow("went away");
  fail();
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("done");
  await expect(queue.run({ key: "d", signal: leaving.signal }, async () => "never")).rejects.toThrow(
    "went away",
  );
});

test("where too many wait, the next caller learns when to retry", async () => {
  const { ask, endFirst } = bench({ atOnce: 1, atOncePerKey: 1, waiting: 3, waitingPerKey: 2 });
  const all = ["a", "a", "a"].map((key) => ask(key));
  await expect(ask("a")).rejects.toMatchObject({ code: "busy", retryable: true, retryAfterSeconds: 15 });
  all.push(ask("b"));
  await expect(ask("c")).rejects.toMatchObject({ code: "busy" });
  for (let at = 0; at < all.length; at += 1) await endFirst();
  await Promise.all(all);
});

test("however people come and go, everyone who stays is served and no limit is passed", async () => {
  const asks = fc.array(fc.record({ key: fc.constantFrom("a", "b", "c", "d"), leaves: fc.boolean() }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(asks, async (all) => {
      const queue = createFairQueue({ atOnce: 3, atOncePerKey: 2, waiting: 100, waitingPerKey: 100 }, BUSY);
      const running: string[] = [];
      const outcomes = all.map(({ key, leaves }) => {
        const leaving = new AbortController();
        const outcome = queue.run({ key, signal: leaving.signal }, async () => {
          running.push(key);
          expect(running.length).toBeLessThanOrEqual(3);
          expect(running.filter((each) => each === key).length).toBeLessThanOrEqual(2);
          await nextTurn();
          running.splice(running.indexOf(key), 1);
          return "served";
        });
        if (leaves) leaving.abort(new Error("left"));
        return outcome.catch((error: Error) => error.message);
      });
      const seen = await Promise.all(outcomes);
      for (const [at, { leaves }] of all.entries()) {
        expect(leaves ? ["served", "left"] : ["served"]).toContain(seen[at]);
      }
      expect(running).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test("people with accounts go before strangers who came earlier", async () => {
  const { ask, begun, endFirst } = bench({ ...LIMITS, atOnce: 1 });
  const all = [ask("stranger-1"), ask("stranger-2"), ask("ada", "account"), ask("grace", "account")];
  for (let at = 0; at < all.length; at += 1) await endFirst();
  await Promise.all(all);
  expect(begun).toEqual(["stranger-1", "ada", "grace", "stranger-2"]);
});

test("strangers leave the reserved slots and places in the line to accounts", async () => {
  const { ask, begun, endFirst } = bench({
    ...LIMITS,
    atOnce: 2,
    reserved: 1,
    waiting: 2,
    waitingReserved: 1,
  });
  const all = [ask("stranger-1"), ask("stranger-2")];
  await expect(ask("stranger-3")).rejects.toMatchObject({ code: "busy" });
  all.push(ask("ada", "account"));
  await nextTurn();
  expect(begun).toEqual(["stranger-1", "ada"]);
  all.push(ask("grace", "account"));
  await expect(ask("joan", "account")).rejects.toMatchObject({ code: "busy" });
  for (let at = 0; at < all.length; at += 1) await endFirst();
  await Promise.all(all);
});
