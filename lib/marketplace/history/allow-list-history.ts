/**
 * Answers questions about the past of the allow-list. The list at an instant is what the last event before it left, so all
 * instants between two events share one answer: the times of events are kept in memory, and so are the lists asked for
 * last. The database is read once per list, and a few times a second for new events, however many instants are requested.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { type AllowListItem, allowListItemSchema } from "@/lib/marketplace/publishing/allow-list-item";
import { readEventTimes } from "@/lib/marketplace/publishing/listing-event-times";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import { createFairQueue, type Turn } from "@/lib/platform/fair-queue";
import { lruCache } from "@/lib/platform/lru-cache";
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

/** The shortest time between two looks for new events. */
const LOOK_INTERVAL_MS = 100;
/** An instant further ahead of the database's clock than clocks run apart is refused without another look. */
const CLOCK_TOLERANCE_MS = 5_000;
const LIST_BYTES_MAX = 16 * 1024 * 1024;
/** The items themselves are shared between lists. */
const BYTES_PER_ITEM = 16;
const ITEMS_MAX = 50_000;
const BASES_MAX = 500;
const EVENTS_BETWEEN_MAX = 500;

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
  const lists = new Lists(db, events);
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

/** When events happened: ascending, and complete up to `knownUntilMs`. */
class EventTimes {
  readonly times: number[] = [];
  knownUntilMs = Number.NEGATIVE_INFINITY;
  private lastSequence = 0n;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(private readonly db: Database) {}

  /** False when the instant is in the future. */
  async knowUntil(instantMs: number): Promise<boolean> {
    // A read that is in progress can have begun before the instant; the one after it has not.
    for (let look = 0; look < 2 && instantMs > this.knownUntilMs; look += 1) {
      if (this.isFarAhead(instantMs)) return false;
      await this.look();
    }
    return instantMs <= this.knownUntilMs;
  }

  look(): Promise<void> {
    this.looking ??= this.read().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  /** How many events there were at the instant. */
  countUntil(instantMs: number): number {
    let [low, high] = [0, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) <= instantMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private isFarAhead(instantMs: number): boolean {
    const sinceMs = performance.now() - this.lookedAtMs;
    return sinceMs < CLOCK_TOLERANCE_MS && instantMs > this.knownUntilMs + sinceMs + CLOCK_TOLERANCE_MS;
  }

  private async read(): Promise<void> {
    const pauseMs = this.lookedAtMs + LOOK_INTERVAL_MS - performance.now();
    if (pauseMs > 0) await sleep(pauseMs);
    const { now, events } = await readEventTimes(this.db, this.lastSequence);
    for (const { sequence, at } of events) {
      this.times.push(at.getTime());
      this.lastSequence = sequence;
    }
    this.knownUntilMs = now.getTime();
    this.lookedAtMs = performance.now();
  }
}

type ListingRow = { sequence: bigint; repository: string; item: unknown };

/** What the last event of each repository said, by the time of the last event of all. */
class Lists {
  private readonly known = lruCache<string, readonly AllowListItem[]>({
    maxSize: LIST_BYTES_MAX,
    sizeOf: ({ length }) => (length + 10) * BYTES_PER_ITEM,
  });
  private readonly loading = new Map<number, Promise<readonly AllowListItem[]>>();
  /** By event, so that each is parsed once and lists share it. */
  private readonly items = lruCache<bigint, AllowListItem>({ maxSize: ITEMS_MAX });
  /** The times of lists read lately, from which others nearby are made. */
  private readonly bases = lruCache<number, true>({ maxSize: BASES_MAX });

  constructor(
    private readonly db: Database,
    private readonly events: EventTimes,
  ) {}

  async find(
    lastMs: number,
    inTurn: (load: () => Promise<readonly AllowListItem[]>) => Promise<readonly AllowListItem[]>,
  ): Promise<readonly AllowListItem[]> {
    const known = this.known.get(String(lastMs));
    if (known !== undefined) return known;
    return inTurn(async () => this.known.get(String(lastMs)) ?? this.loadOnce(lastMs));
  }

  private loadOnce(lastMs: number): Promise<readonly AllowListItem[]> {
    const running = this.loading.get(lastMs) ?? this.load(lastMs).finally(() => this.loading.delete(lastMs));
    this.loading.set(lastMs, running);
    return running;
  }

  private async load(lastMs: number): Promise<readonly AllowListItem[]> {
    const base = this.nearestBase(lastMs);
    const rows = await read(() => this.eventsSince(base?.lastMs, lastMs));
    const byRepository = new Map((base?.items ?? []).map((item) => [item.repository, item]));
    for (const { sequence, repository, item } of rows) {
      if (item === null) byRepository.delete(repository);
      else byRepository.set(repository, this.itemOf(sequence, item));
    }
    const items = [...byRepository.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
    this.known.set(String(lastMs), items);
    this.bases.set(lastMs, true);
    return items;
  }

  /** The newest known list before this one that few events lie behind. */
  private nearestBase(lastMs: number): { lastMs: number; items: readonly AllowListItem[] } | undefined {
    let nearest = Number.NEGATIVE_INFINITY;
    for (const time of this.bases.keys()) if (time < lastMs && time > nearest) nearest = time;
    const items = this.known.get(String(nearest));
    const between = this.events.countUntil(lastMs) - this.events.countUntil(nearest);
    return items === undefined || between > EVENTS_BETWEEN_MAX ? undefined : { lastMs: nearest, items };
  }

  private eventsSince(sinceMs: number | undefined, untilMs: number): Promise<ListingRow[]> {
    const until = new Date(untilMs);
    if (sinceMs === undefined) {
      return this.db.prisma.$queryRaw<ListingRow[]>`
        SELECT DISTINCT ON (repository) sequence, repository, item FROM "ListingEvent"
        WHERE at <= ${until} ORDER BY repository, at DESC`;
    }
    return this.db.prisma.$queryRaw<ListingRow[]>`
      SELECT sequence, repository, item FROM "ListingEvent"
      WHERE at > ${new Date(sinceMs)} AND at <= ${until} ORDER BY at`;
  }

  private itemOf(sequence: bigint, value: unknown): AllowListItem {
    const known = this.items.get(sequence);
    if (known !== undefined) return known;
    const item = allowListItemSchema.parse(value);
    this.items.set(sequence, item);
    return item;
  }
}
