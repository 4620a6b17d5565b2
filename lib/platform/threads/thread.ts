import { Worker as NodeWorker } from "node:worker_threads";
import { AppError } from "@/lib/platform/errors";
import { ThreadLost } from "@/lib/platform/threads/thread-lost";
import { PendingAnswer } from "@/lib/platform/workers/pending-answer";
import type { Worker } from "@/lib/platform/workers/worker-pool";

export type ThreadLimits = {
  /** Heap limit of one thread. It does not cover buffers, which their sender bounds. */
  heapMebibytes: number;
  /** The longest a thread can compute without a message. */
  silentMs: number;
  /** The longest loading code can take on a busy machine. */
  startMs: number;
};

export type Asking = {
  /** Transferred to the thread and no longer usable here. */
  transfer?: ArrayBuffer[];
  timeoutMs?: number;
};

/**
 * A worker thread for untrusted data, which handles one message at a time. Work that takes too much time or memory
 * costs only this thread. Its program sends a message when it is ready.
 */
export class Thread<To, From> implements Worker {
  readonly #worker: NodeWorker;
  readonly #limits: ThreadLimits;
  readonly #answer = new PendingAnswer<From>();

  /** Throws a retryable `internal` if no thread can be started. */
  static async start<To, From>(program: URL, limits: ThreadLimits): Promise<Thread<To, From>> {
    const thread = new Thread<To, From>(program, limits);
    try {
      await thread.#answer.next(limits.startMs, outOfTime);
    } catch (cause) {
      thread.kill();
      throw new AppError("internal", "Gantry could not start a thread for reading.", {
        suggestion:
          "Gantry will retry automatically. If the problem persists, check the log and free memory.",
        retryable: true,
        cause,
      });
    }
    thread.unref();
    return thread;
  }

  private constructor(program: URL, limits: ThreadLimits) {
    this.#limits = limits;
    this.#worker = new NodeWorker(bootstrap(program), {
      eval: true,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: limits.heapMebibytes,
        maxYoungGenerationSizeMb: 32,
        stackSizeMb: 4,
      },
    });
    this.#worker.on("message", (message: From) => this.#answer.resolve(message));
    this.#worker.on("error", (error) => this.#answer.end(error));
    this.#worker.on("exit", () => this.#answer.end(new Error("The thread has ended.")));
  }

  get isAlive(): boolean {
    return !this.#answer.hasEnded;
  }

  ref(): void {
    this.#worker.ref();
  }

  unref(): void {
    this.#worker.unref();
  }

  /** Sends a message and returns the response. Throws `ThreadLost`; the thread is dead then. */
  async ask(message: To, { transfer = [], timeoutMs = this.#limits.silentMs }: Asking = {}): Promise<From> {
    this.#worker.postMessage(message, transfer);
    try {
      return await this.#answer.next(timeoutMs, outOfTime);
    } catch (error) {
      this.kill();
      throw error instanceof ThreadLost
        ? error
        : new ThreadLost(isOutOfMemory(error) ? "memory" : "failed", error);
    }
  }

  kill(): void {
    this.#answer.end(new Error("The thread was ended."));
    void this.#worker.terminate();
  }
}

function outOfTime(): ThreadLost {
  return new ThreadLost("time");
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

/**
 * A thread does not inherit the TypeScript loader from the process, and `--import` comes too late for its first module.
 */
function bootstrap(program: URL): string {
  const load = `import(${JSON.stringify(program.href)})`;
  return `import("tsx/esm/api").then(({ register }) => { register(); return ${load}; });`;
}
