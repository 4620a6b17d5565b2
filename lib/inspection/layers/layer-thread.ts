import { Worker } from "node:worker_threads";
import { LayerProblemError, outOfTime, overLimit } from "@/lib/inspection/layers/layer-problem";
import type { FromThread, ReadLayerMessage, ToThread } from "@/lib/inspection/layers/thread-messages";
import { AppError } from "@/lib/platform/errors";

export type ThreadLimits = {
  /** Heap of one thread; bytes of layers are outside of it and are bounded by how they are read. */
  heapMebibytes: number;
  /** For how long a thread may compute without a word. */
  silentMs: number;
  /** For how long a thread may take to start, on a busy machine. */
  startMs: number;
};

export const THREAD_LIMITS: ThreadLimits = { heapMebibytes: 256, silentMs: 10_000, startMs: 30_000 };

/** Not written where it is used, so that a bundler sees no file to bundle: a thread always runs the source. */
const PROGRAM = "./thread-main.ts";

export type LayerThreadOptions = {
  limits: ThreadLimits;
  /** Another program than the one that reads layers, for tests of how a bad one is ended. */
  program?: URL | undefined;
};

type Done = Extract<FromThread, { kind: "done" }>;

type Waiting = { resolve: (message: FromThread) => void; reject: (error: unknown) => void };

/**
 * One thread that reads layers, one at a time. It keeps the process alive only while it reads. A thread that runs
 * out of memory, computes for too long or throws is dead afterwards: see `isAlive`.
 */
export class LayerThread {
  readonly #worker: Worker;
  readonly #limits: ThreadLimits;
  #waiting: Waiting | undefined;
  #alive = true;

  /** Throws a retryable `internal` where a thread cannot be started. */
  static async start({ limits, program }: LayerThreadOptions): Promise<LayerThread> {
    const thread = new LayerThread(limits, program ?? new URL(PROGRAM, import.meta.url));
    try {
      await thread.answer(limits.startMs);
    } catch (cause) {
      thread.kill();
      throw new AppError("internal", "The program that reads image layers could not be started.", {
        suggestion: "The inspection is tried again; if this lasts, look at the log and the free memory.",
        retryable: true,
        cause,
      });
    }
    thread.#worker.unref();
    return thread;
  }

  private constructor(limits: ThreadLimits, program: URL) {
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
    this.#worker.on("message", (message: FromThread) => this.#waiting?.resolve(message));
    this.#worker.on("error", (error) => this.end(error));
    this.#worker.on("exit", () => this.end(new Error("The thread has ended.")));
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /**
   * Sends the bytes of `source` as the thread asks for them. Throws what `source` throws, and a `LayerProblemError`
   * when the thread is lost over this layer. `source` is left open.
   */
  async read(request: Omit<ReadLayerMessage, "kind">, source: AsyncIterator<Uint8Array>): Promise<Done> {
    this.#worker.ref();
    try {
      let answer = await this.ask({ kind: "read", ...request });
      while (answer.kind !== "done") {
        const bytes = await this.nextBytes(source);
        answer = await this.ask(bytes === undefined ? { kind: "end" } : { kind: "bytes", bytes });
      }
      return answer;
    } finally {
      this.#worker.unref();
    }
  }

  kill(): void {
    this.end(new Error("The thread was ended."));
    void this.#worker.terminate();
  }

  private async nextBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const next = await source.next();
      return next.done === true ? undefined : withOwnMemory(next.value);
    } catch (error) {
      // A thread that is lost over this is dead, and the source's error is what counts.
      await this.ask({ kind: "abandon" }).catch(() => undefined);
      throw error;
    }
  }

  private async ask(message: ToThread): Promise<FromThread> {
    const answer = this.answer(this.#limits.silentMs);
    this.#worker.postMessage(message, message.kind === "bytes" ? [message.bytes.buffer] : []);
    try {
      return await answer;
    } catch (error) {
      this.kill();
      throw new LayerProblemError(this.problemOf(error));
    }
  }

  private answer(timeoutMs: number): Promise<FromThread> {
    if (!this.#alive) return Promise.reject(new Error("The thread has ended."));
    return new Promise<FromThread>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Silent()), timeoutMs);
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

  private problemOf(error: unknown): LayerProblemError["problem"] {
    if (error instanceof Silent) {
      return outOfTime(`a layer kept its reader busy for ${this.#limits.silentMs / 1000} seconds`).problem;
    }
    const isOutOfMemory =
      error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (!isOutOfMemory) return { kind: "failed", reason: "the program that reads layers failed on it" };
    return overLimit(`reading it took more than ${this.#limits.heapMebibytes} MiB of memory`).problem;
  }
}

class Silent extends Error {}

/** A thread does not get the loader of TypeScript from the process; `--import` comes too late for its first module. */
function bootstrap(program: URL): string {
  const load = `import(${JSON.stringify(program.href)})`;
  return `import("tsx/esm/api").then(({ register }) => { register(); return ${load}; });`;
}

/** What is transferred is gone here, so it must not be a piece of a buffer that others use. */
function withOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
