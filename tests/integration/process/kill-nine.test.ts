/** Two kills at a chosen moment. `npm run drill -- kill-nine` makes fifty at random ones. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { KillRounds } from "@/tests/support/servers/kill-rounds";

let rounds: KillRounds;

beforeAll(async () => {
  rounds = await KillRounds.start();
});
afterAll(() => rounds?.close());

const ROUNDS_MAX = 5;
/** Several starts of a server, each of which can take a minute on a busy machine. */
const TIMEOUT_MS = 480_000;

test(
  "after kill -9 in the middle of writes every acknowledged one is there, and none is half done",
  async () => {
    await rounds.round((writes) => Promise.all(writes));
    expect(rounds.acknowledged).toBe(rounds.outcomes.length);
    // Writes are sent together, so the others are under way when the first one is answered. On a busy machine all of
    // them can be answered before the kill; such a round cut off nothing and is repeated.
    for (let round = 0; round < ROUNDS_MAX && rounds.acknowledged === rounds.outcomes.length; round += 1)
      await rounds.round((writes) => Promise.race(writes));
    expect(rounds.acknowledged).toBeLessThan(rounds.outcomes.length);
    expect(await rounds.finish()).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
