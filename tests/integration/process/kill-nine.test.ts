/** Two kills at a chosen moment. `npm run drill -- kill-nine` makes fifty at random ones. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { KillRounds } from "@/tests/support/servers/kill-rounds";

let rounds: KillRounds;

beforeAll(async () => {
  rounds = await KillRounds.start();
});
afterAll(() => rounds?.close());

/** Three starts of a server, each of which a busy machine may need a minute for. */
const TIMEOUT_MS = 300_000;

test(
  "after kill -9 in the middle of writes every acknowledged one is there, and none is half done",
  async () => {
    await rounds.round((writes) => Promise.all(writes));
    expect(rounds.acknowledged).toBe(rounds.outcomes.length);
    // Decisions and submissions were sent together: when the first one is answered, the others are under way.
    await rounds.round((writes) => Promise.race(writes));
    expect(rounds.acknowledged).toBeLessThan(rounds.outcomes.length);
    expect(await rounds.finish()).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
