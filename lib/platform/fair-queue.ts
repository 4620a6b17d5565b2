import { AppError } from "@/lib/platform/errors";

/** Fair queue: people with accounts are served before anonymous callers. */
export type Standing = "account" | "anonymous";

/** `atOnce` and `waiting` limit all callers together, `atOncePerKey` and `waitingPerKey` each key. */
export type FairQueueLimits = {
  atOnce: number;
  atOncePerKey: number;
  waiting: number;
  waitingPerKey: number;
  /** Slots reserved for callers with accounts. Default 0. */
  reserved?: number;
  /** Queue places reserved for callers with accounts. Default 0. */
  waitingReserved?: number;
};

export type FairQueueOptions = {
  /** The error message for rejected callers: why there was no place. */
  busyMessage: string;
  retryAfterSeconds: number;
};

export type Turn = {
  /** The requester: an account or a network. */
  key: string;
  /** Default `anonymous`. */
  standing?: Standing | undefined;
  /** Aborts the wait. */
  signal?: AbortSignal | undefined;
};

export type FairQueue = {
  /**
   * Runs `work` when its turn comes: accounts first, then keys in round-robin order, so that no key can starve the
   * others. Throws `busy` at once if the queue is full, and the signal's reason if it aborts during the wait; `work`
   * does not run then.
   */
  run<Result>(turn: Turn, work: () => Result | Promise<Result>): Promise<Result>;
};

export function createFairQueue(limits: FairQueueLimits, options: FairQueueOptions): FairQueue {
  const queue = new Turns(limits, options);
  return {
    async run(turn, work) {
      await queue.turn(turn);
      try {
        return await work();
      } finally {
        queue.done(turn.key);
      }
    },
  };
}

type Waiting = { start: () => void };

const STANDINGS = ["account", "anonymous"] as const;

class Turns {
  readonly #running = new Map<string, number>();
  /** By key, in round-robin order. */
  readonly #lines: Record<Standing, Map<string, Waiting[]>> = { account: new Map(), anonymous: new Map() };
  #allRunning = 0;
  #allWaiting = 0;

  constructor(
    private readonly limits: FairQueueLimits,
    private readonly options: FairQueueOptions,
  ) {}

  turn({ key, standing = "anonymous", signal }: Turn): Promise<void> {
    signal?.throwIfAborted();
    if (this.isFree(key, standing)) {
      this.begin(key);
      return Promise.resolve();
    }
    const line = this.#lines[standing];
    const own = line.get(key) ?? [];
    if (own.length >= this.limits.waitingPerKey || this.#allWaiting >= this.waitingMax(standing))
      throw this.busy();
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        start: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      const leave = () => {
        this.forget(standing, key, place);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      line.set(key, [...own, place]);
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
    for (const standing of STANDINGS) {
      for (const [key, [first]] of this.#lines[standing]) {
        if (first === undefined || !this.isFree(key, standing)) continue;
        this.forget(standing, key, first);
        this.begin(key);
        first.start();
        return;
      }
    }
  }

  private isFree(key: string, standing: Standing): boolean {
    const { atOnce, atOncePerKey, reserved = 0 } = this.limits;
    const max = standing === "account" ? atOnce : Math.max(1, atOnce - reserved);
    return this.#allRunning < max && (this.#running.get(key) ?? 0) < atOncePerKey;
  }

  private waitingMax(standing: Standing): number {
    const { waiting, waitingReserved = 0 } = this.limits;
    return standing === "account" ? waiting : waiting - waitingReserved;
  }

  private begin(key: string): void {
    this.#allRunning += 1;
    this.#running.set(key, (this.#running.get(key) ?? 0) + 1);
  }

  /** A key with more work waiting moves to the end of the queue. */
  private forget(standing: Standing, key: string, place: Waiting): void {
    const line = this.#lines[standing];
    const left = (line.get(key) ?? []).filter((each) => each !== place);
    line.delete(key);
    if (left.length > 0) line.set(key, left);
    this.#allWaiting -= 1;
  }

  private busy(): AppError {
    const { busyMessage, retryAfterSeconds } = this.options;
    return new AppError("busy", busyMessage, {
      suggestion: `Try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? "second" : "seconds"}.`,
      retryable: true,
      retryAfterSeconds,
    });
  }
}
