/** One queue for all expensive responses, so that a flood from many networks delays only itself. */

import { setImmediate as nextTurnOfTheLoop } from "node:timers/promises";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";

export type Computing = <Result>(turn: Turn, work: () => Result | Promise<Result>) => Promise<Result>;

/** Requests from one network wait for each other only; the reserve is for signed-in users. */
const LIMITS = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 200, waitingPerKey: 40, waitingReserved: 50 },
};

const BUSY = {
  busyMessage: "This process is at its limit of concurrent computations.",
  retryAfterSeconds: 2,
};

/** Yields to the event loop between two computations. */
export function createComputing(): Computing {
  const queue = createFairQueue(LIMITS, BUSY);
  return (turn, work) =>
    queue.run(turn, async () => {
      await nextTurnOfTheLoop();
      return work();
    });
}
