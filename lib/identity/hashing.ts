/** Queue for password hashing: a hash occupies a thread, which file reads and DNS lookups also need, for tens of milliseconds. */

import { createFairQueue, type FairQueue } from "@/lib/platform/fair-queue";

/** Node has four threads for such work. */
const LIMITS = {
  ...{ atOnce: 2, atOncePerKey: 1 },
  ...{ waiting: 60, waitingPerKey: 15, waitingReserved: 20 },
};
const BUSY = { busyMessage: "Too many people are signing in right now.", retryAfterSeconds: 2 };

/** Known devices and accounts go first. When the queue is full, attempts are rejected at once. */
export function createHashing(): FairQueue {
  return createFairQueue(LIMITS, BUSY);
}
