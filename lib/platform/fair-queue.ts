import { AppError } from "@/lib/platform/errors";

/** `atOnce` for all together, `atOncePerKey` and `waitingPerKey` for each who asks, `waiting` for all together. */
export type FairQueueLimits = {
  atOnce: number;
  atOncePerKey: number;
  waiting: number;
  waitingPerKey: number;
};

export type FairQueue = {
  /**
   * Runs `work` when its turn comes: those who ask take turns, however much one of them asks. Throws `busy` at once
   * where too many wait, and the signal's reason when it is aborted before the turn came; then `work` never runs.
   */
  run<Result>(key: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
};

const BUSY_RETRY_SECONDS = 15;

type Waiting = { start: () => void };

export function createFairQueue(limits: FairQueueLimits): FairQueue {
  const queue = new Turns(limits);
  return {
    async run(key, signal, work) {
      await queue.turn(key, signal);
      try {
        return await work();
      } finally {
        queue.done(key);
      }
    },
  };
}

class Turns {
  readonly #running = new Map<string, number>();
  /** In the order in which the keys get their turns. */
  readonly #waiting = new Map<string, Waiting[]>();
  #allRunning = 0;
  #allWaiting = 0;

  constructor(private readonly limits: FairQueueLimits) {}

  turn(key: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.isFree(key)) {
      this.begin(key);
      return Promise.resolve();
    }
    const own = this.#waiting.get(key) ?? [];
    if (own.length >= this.limits.waitingPerKey || this.#allWaiting >= this.limits.waiting) throw busy();
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        start: () => {
          signal.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = () => {
        this.forget(key, place);
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.set(key, [...own, place]);
      this.#allWaiting += 1;
    });
  }

  done(key: string): void {
    this.#allRunning -= 1;
    const left = (this.#running.get(key) ?? 1) - 1;
    if (left === 0) this.#running.delete(key);
    else this.#running.set(key, left);
    this.next();
  }

  private next(): void {
    for (const [key, [first]] of this.#waiting) {
      if (first === undefined || !this.isFree(key)) continue;
      this.forget(key, first);
      this.begin(key);
      first.start();
      return;
    }
  }

  private isFree(key: string): boolean {
    const own = this.#running.get(key) ?? 0;
    return this.#allRunning < this.limits.atOnce && own < this.limits.atOncePerKey;
  }

  private begin(key: string): void {
    this.#allRunning += 1;
    this.#running.set(key, (this.#running.get(key) ?? 0) + 1);
  }

  /** Whoever still waits goes to the end of the line, behind the others. */
  private forget(key: string, place: Waiting): void {
    const left = (this.#waiting.get(key) ?? []).filter((each) => each !== place);
    this.#waiting.delete(key);
    if (left.length > 0) this.#waiting.set(key, left);
    this.#allWaiting -= 1;
  }
}

function busy(): AppError {
  return new AppError("busy", "Too many images are being looked at already.", {
    suggestion: `Try again in ${BUSY_RETRY_SECONDS} seconds.`,
    retryable: true,
    retryAfterSeconds: BUSY_RETRY_SECONDS,
  });
}
