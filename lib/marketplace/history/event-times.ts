import { setTimeout as sleep } from "node:timers/promises";
import { readEventTimes } from "@/lib/marketplace/publishing/listing-event-times";
import type { Database } from "@/lib/platform/db/database";

/** The shortest time between two looks for new events. */
const LOOK_INTERVAL_MS = 100;
/** An instant further ahead of the database's clock than clocks run apart is refused without another look. */
const CLOCK_TOLERANCE_MS = 5_000;

/** When events happened: ascending, and complete up to `knownUntilMs`. */
export class EventTimes {
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
