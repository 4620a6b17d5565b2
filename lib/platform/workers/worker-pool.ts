import { AppError } from "@/lib/platform/errors";
import { createPrioritySemaphore, type Priority } from "@/lib/platform/priority-semaphore";

/** Workers for background work that can be killed: threads or processes. */
export type Worker = {
  readonly isAlive: boolean;
  kill(): void;
  /** Referenced while it works, so that it keeps this process alive; unreferenced while idle. */
  ref(): void;
  unref(): void;
};

/**
 * The priority of the work, and the signal that aborts its wait for a worker. Work that has begun always runs to its
 * end.
 */
export type Turn = { priority?: Priority | undefined; signal?: AbortSignal | undefined };

/**
 * Supervises a few workers: starts them when work arrives, replaces those that crashed or were killed, and ends idle
 * ones. Work waits in order of arrival, interactive before background; its time limit starts once it has a worker.
 */
export type WorkerPool<W extends Worker> = {
  /** Throws what `work` throws, the signal's reason, and a retryable `busy` if the queue is full. */
  use<Result>(work: (worker: W) => Promise<Result>, turn?: Turn): Promise<Result>;
  /** Ends idle workers at once and busy ones when their work is done. */
  close(): void;
};

export type WorkerPoolOptions<W extends Worker> = {
  start(): Promise<W>;
  /** Maximum number of workers. */
  workers: number;
  /** Maximum number of workers for background work. Default: all. */
  background?: number;
  /** Maximum queue length per priority. Default: unlimited, for callers that bound it themselves. */
  waitingMax?: number;
  /** The error message when the queue is full. */
  busyMessage?: string;
  idleMs: number;
};

export function createWorkerPool<W extends Worker>(options: WorkerPoolOptions<W>): WorkerPool<W> {
  return new Supervisor(options);
}

class Supervisor<W extends Worker> implements WorkerPool<W> {
  readonly #options: WorkerPoolOptions<W>;
  readonly #places: ReturnType<typeof createPrioritySemaphore>;
  readonly #asking: Record<Priority, number> = { interactive: 0, background: 0, anonymous: 0 };
  #idle: { worker: W; timer: NodeJS.Timeout }[] = [];
  #closed = false;

  constructor(options: WorkerPoolOptions<W>) {
    const { workers, background = workers } = options;
    this.#options = options;
    this.#places = createPrioritySemaphore(() => ({ total: workers, background, anonymous: background }));
  }

  async use<Result>(work: (worker: W) => Promise<Result>, turn: Turn = {}): Promise<Result> {
    const { priority = "interactive", signal } = turn;
    const { workers, waitingMax = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#asking[priority] >= workers + waitingMax) throw this.busy();
    this.#asking[priority] += 1;
    try {
      const leave = await this.#places.take(priority, signal);
      return await this.lend(work).finally(leave);
    } finally {
      this.#asking[priority] -= 1;
    }
  }

  close(): void {
    this.#closed = true;
    for (const { worker, timer } of this.#idle.splice(0)) {
      clearTimeout(timer);
      worker.kill();
    }
  }

  private async lend<Result>(work: (worker: W) => Promise<Result>): Promise<Result> {
    const worker = await this.take();
    worker.ref();
    try {
      return await work(worker);
    } finally {
      worker.unref();
      this.giveBack(worker);
    }
  }

  private async take(): Promise<W> {
    const kept = this.#idle.pop();
    clearTimeout(kept?.timer);
    return kept?.worker.isAlive === true ? kept.worker : this.#options.start();
  }

  private giveBack(worker: W): void {
    if (this.#closed) worker.kill();
    if (!worker.isAlive) return;
    const timer = setTimeout(() => {
      worker.kill();
      this.#idle = this.#idle.filter((each) => each.worker !== worker);
    }, this.#options.idleMs);
    this.#idle.push({ worker, timer: timer.unref() });
  }

  private busy(): AppError {
    return new AppError("busy", this.#options.busyMessage ?? "Too much work is waiting.", {
      suggestion: "Try again in a minute.",
      retryable: true,
      retryAfterSeconds: 60,
    });
  }
}
