import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/platform/errors";
import { ThreadLost } from "@/lib/platform/threads/thread-lost";

export type ThreadLimits = {
  /** Heap of one thread. Buffers are outside of it and are bounded by whoever sends them. */
  heapMebibytes: number;
  /** How long a thread may compute without a message. */
  silentMs: number;
  /** How long loading code may take on a busy machine. */
  startMs: number;
};

export type Asking = {
  /** Given to the thread and gone here. */
  transfer?: ArrayBuffer[];
  timeoutMs?: number;
};

type Waiting<From> = { resolve: (message: From) => void; reject: (error: unknown) => void };

/**
 * One thread with a program of our own, for work on strangers' data: it answers one message at a time. Work that takes
 * too long or too much memory costs this thread and nothing else (see `isAlive`). It keeps the process alive only while
 * it works. The program says something once it is ready.
 */
export class Thread<To, From> {
  readonly #worker: Worker;
  readonly #limits: ThreadLimits;
  #waiting: Waiting<From> | undefined;
  #alive = true;

  /** Throws a retryable `internal` where a thread cannot be started. */
  static async start<To, From>(program: URL, limits: ThreadLimits): Promise<Thread<To, From>> {
    const thread = new Thread<To, From>(program, limits);
    try {
      await thread.answer(limits.startMs);
    } catch (cause) {
      thread.kill();
      throw new AppError("internal", "Gantry could not start a thread for reading.", {
        suggestion:
          "Gantry will retry automatically. If the problem persists, check the log and free memory.",
        retryable: true,
        cause,
      });
    }
    thread.#worker.unref();
    return thread;
  }

  private constructor(program: URL, limits: ThreadLimits) {
    this.#limits = limits;
    this.#worker = new Worker(bootstrap(program), {
      eval: true,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: limits.heapMebibytes,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
    });
    this.#worker.on("message", (message: From) => this.#waiting?.resolve(message));
    this.#worker.on("error", (error) => this.end(error));
    this.#worker.on("exit", () => this.end(new Error("The thread has ended.")));
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** Runs `work`, during which the thread keeps the process alive. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#worker.ref();
    try {
      return await work();
    } finally {
      this.#worker.unref();
    }
  }

  /** The answer to one message. Throws `ThreadLost`; the thread is dead then. */
  async ask(message: To, { transfer = [], timeoutMs = this.#limits.silentMs }: Asking = {}): Promise<From> {
    const answer = this.answer(timeoutMs);
    this.#worker.postMessage(message, transfer);
    try {
      return await answer;
    } catch (error) {
      this.kill();
      throw error instanceof ThreadLost
        ? error
        : new ThreadLost(isOutOfMemory(error) ? "memory" : "failed", error);
    }
  }

  kill(): void {
    this.end(new Error("The thread was ended."));
    void this.#worker.terminate();
  }

  private answer(timeoutMs: number): Promise<From> {
    if (!this.#alive) return Promise.reject(new Error("The thread has ended."));
    return new Promise<From>((resolve, reject) => {
      const timer = setTimeout(() => reject(new ThreadLost("time")), timeoutMs);
      const settled = <Value>(settle: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(timer);
          this.#waiting = undefined;
          settle(value);
        };
      };
      this.#waiting = { resolve: settled(resolve), reject: settled(reject) };
    });
  }

  private end(error: unknown): void {
    this.#alive = false;
    this.#waiting?.reject(error);
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/** A thread does not get the loader of TypeScript from the process; `--import` comes too late for its first module. */
function bootstrap(program: URL): string {
  const load = `import(${JSON.stringify(program.href)})`;
  return `import("tsx/esm/api").then(({ register }) => { register(); return ${load}; });`;
}
