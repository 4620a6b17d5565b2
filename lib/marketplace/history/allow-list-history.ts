/**
 * Answers questions about the past of the allow-list. The list at an instant is what the last event before it left, so all
 * instants between two events share one answer: the times of events are kept in memory, and so are the lists asked for
 * last. The database is read once per list, and a few times a second for new events, however many instants are requested.
 */

import { EventTimes } from "@/lib/marketplace/history/event-times";
import { PastLists } from "@/lib/marketplace/history/past-lists";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import type { Database } from "@/lib/platform/db/database";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { singleton } from "@/lib/platform/singleton";

export type ListAt = {
  /** Equal for instants with the same list; never given to another list. */
  key: string;
  /** In force, by repository. */
  items: readonly AllowListItem[];
  /** Whose last event lists them, but whose time was over. */
  expired: readonly AllowListItem[];
};

export type AllowListHistory = {
  /** The list at an instant in milliseconds since the epoch; undefined when that has not come by the database's clock. */
  at(instantMs: number, turn: Turn): Promise<ListAt | undefined>;
  /** The database's time, with every event up to it known. */
  now(): Promise<Date>;
  /** The database's time when it was last asked. */
  lastNow(): Date;
  /** Runs further work on the past within the same limits. */
  run<Result>(turn: Turn, work: () => Promise<Result>): Promise<Result>;
};

/** Strangers read one list at a time; the embedded engine has one session for everybody. */
const LIMITS = {
  ...{ atOnce: 2, atOncePerKey: 1, reserved: 1 },
  ...{ waiting: 40, waitingPerKey: 5, waitingReserved: 10 },
};
const BUSY = {
  busyMessage: "Too many different past times are being requested right now.",
  retryAfterSeconds: 2,
};

const histories = singleton<WeakMap<Database, AllowListHistory>>("allow-list-histories");

/** One for each database, shared by API and pages. */
export function historyOf(db: Database): AllowListHistory {
  const all = histories.peek() ?? new WeakMap<Database, AllowListHistory>();
  histories.set(all);
  const known = all.get(db) ?? createAllowListHistory(db);
  all.set(db, known);
  return known;
}

/** For tests that rewrite the past. */
export function forgetHistory(db: Database): void {
  histories.peek()?.delete(db);
}

function createAllowListHistory(db: Database): AllowListHistory {
  const events = new EventTimes(db);
  const lists = new PastLists(db, events);
  const queue = createFairQueue(LIMITS, BUSY);
  return {
    async at(instantMs, turn) {
      if (!(await events.knowUntil(instantMs))) return undefined;
      const count = events.countUntil(instantMs);
      const last = events.times[count - 1];
      const items = last === undefined ? [] : await lists.find(last, (load) => queue.run(turn, load));
      return listAt(last, items, instantMs);
    },
    async now() {
      await events.look();
      return new Date(events.knownUntilMs);
    },
    lastNow: () => new Date(events.knownUntilMs),
    run: (turn, work) => queue.run(turn, work),
  };
}

function listAt(lastMs = 0, items: readonly AllowListItem[], instantMs: number): ListAt {
  const isOver = ({ expiresAt }: AllowListItem) => expiresAt !== null && Date.parse(expiresAt) <= instantMs;
  const expired = items.filter(isOver);
  if (expired.length === 0) return { key: `${lastMs}`, items, expired };
  return { key: `${lastMs}-${expired.length}`, items: items.filter((item) => !isOver(item)), expired };
}
