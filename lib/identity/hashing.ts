/** Passwords are hashed in turns: each takes tens of milliseconds on a thread that files and name lookups need, too. */

import { createFairQueue, type FairQueue } from "@/lib/platform/fair-queue";

/** Of the four threads that Node has for such work. */
const LIMITS = {
  ...{ atOnce: 2, atOncePerKey: 1 },
  ...{ waiting: 60, waitingPerKey: 15, waitingReserved: 20 },
};
const BUSY = { busyMessage: "Too many people are signing in at this moment.", retryAfterSeconds: 2 };

/** Known devices and accounts go first; beyond the line there is a refusal at once instead of a longer wait. */
export function createHashing(): FairQueue {
  return createFairQueue(LIMITS, BUSY);
}
