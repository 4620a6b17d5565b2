import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KillMoment, KillRounds } from "@/tests/support/servers/kill-rounds";

const ROUNDS = 50;
const KILL_WITHIN_MS = 25;

let rounds: KillRounds;

beforeAll(async () => {
  rounds = await KillRounds.start();
});
afterAll(() => rounds?.close());

/** After some of the writes were answered and a little more, so that the next ones are under way. */
const atRandom: KillMoment = async (writes) => {
  let answered = 0;
  const enough = Math.floor(Math.random() * writes.length);
  await new Promise<void>((resolve) => {
    if (enough === 0) resolve();
    for (const write of writes)
      void write.then(() => {
        answered += 1;
        if (answered === enough) resolve();
      });
  });
  await sleep(Math.random() * KILL_WITHIN_MS);
};

test(`after ${ROUNDS} times kill -9 in the middle of writes every acknowledged one is there, and none is half done`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) await rounds.round(atRandom);
  const { acknowledged, outcomes } = rounds;
  console.info(`kill -9: ${ROUNDS} rounds, ${acknowledged} of ${outcomes.length} writes acknowledged`);
  expect(acknowledged).toBeGreaterThan(ROUNDS / 2);
  expect(acknowledged).toBeLessThan(outcomes.length);
  expect(await rounds.finish()).toBeGreaterThan(ROUNDS / 2);
});
