import type { Clock } from "@/lib/platform/clock";

export type TestClock = Clock & { set(instant: string): void };

/** Stands still until it is set. */
export function testClock(instant: string): TestClock {
  let now = new Date(instant);
  return {
    now: () => now,
    set(next) {
      now = new Date(next);
    },
  };
}
