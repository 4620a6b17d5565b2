/** One queue for all expensive answers, so that a flood from many networks waits instead of everyone else. */

import { setImmediate as nextTurnOfTheLoop } from "node:timers/promises";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";

export type Computing = <Result>(turn: Turn, work: () => Result | Promise<Result>) => Promise<Result>;

/** Answers of one network wait for each other only; the reserve is for people who are signed in. */
const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 200, waitingPerKey: 40, waitingReserved: 50 },
};

const BUSY = {
  busyMessage: "This process is at its limit of concurrent computations.",
  retryAfterSeconds: 2,
};

/** Other requests get the event loop between two answers. */
export function createComputing(): Computing {
  const queue = createFairQueue(LIMITS, BUSY);
  return (turn, work) =>
    queue.run(turn, async () => {
      await nextTurnOfTheLoop();
      return work();
    });
}
