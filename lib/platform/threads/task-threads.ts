import { AppError } from "@/lib/platform/errors";
import { singleton } from "@/lib/platform/singleton";
import { INLINE_WEIGHT, type Task } from "@/lib/platform/threads/task";
import type { FromTaskThread, ToTaskThread } from "@/lib/platform/threads/task-messages";
import { Thread, type ThreadLimits } from "@/lib/platform/threads/thread";
import { ThreadLost } from "@/lib/platform/threads/thread-lost";
import { createWorkerPool, type Turn } from "@/lib/platform/workers/worker-pool";

/**
 * Worker threads for parsing untrusted text, so that no text can block the event loop. A text that kills its thread is
 * retried once in a new one, because the cause can also be a busy machine.
 */
export type TaskThreads = {
  /** Throws what the task throws, and a retryable `internal` (see `lostInThread`) if two threads are lost. */
  run<Input, Output>(task: Task<Input, Output>, input: Input, turn?: Turn): Promise<Output>;
  close(): void;
};

/** A megabyte of nested JSON takes a few hundred megabytes once parsed. */
const TASK_LIMITS: ThreadLimits = { heapMebibytes: 256, silentMs: 10_000, startMs: 30_000 };

/** Threads run the source. The bundle for pages lacks this file, so pages use the threads that the server created. */
const PROGRAM = "./task-main.ts";

const TRIES = 2;

type TaskThread = Thread<ToTaskThread, FromTaskThread>;

export type TaskThreadsOptions = {
  /** Replaces the program that runs tasks, in tests. */
  program?: URL;
  limits?: ThreadLimits;
  threads?: number;
  /** Maximum number of threads for background work. */
  background?: number;
  /** Maximum queue length per priority. */
  waitingMax?: number;
  idleMs?: number;
};

export function createTaskThreads(options: TaskThreadsOptions = {}): TaskThreads {
  const { program = new URL(PROGRAM, import.meta.url), limits = TASK_LIMITS } = options;
  const { threads = 2, background = 1, waitingMax = 500, idleMs = 30_000 } = options;
  const pool = createWorkerPool({
    start: () => Thread.start<ToTaskThread, FromTaskThread>(program, limits),
    workers: threads,
    background,
    waitingMax,
    busyMessage: "Too many large documents are waiting to be read.",
    idleMs,
  });
  const loaded = new WeakMap<TaskThread, Set<string>>();

  /** Loads the code first, so that loading does not count towards the task's time limit. */
  async function load(thread: TaskThread, { module, name }: Pick<ToTaskThread, "module" | "name">) {
    const known = loaded.get(thread) ?? new Set();
    loaded.set(thread, known);
    if (known.has(module)) return;
    await thread.ask({ kind: "load", module, name }, { timeoutMs: limits.startMs });
    known.add(module);
  }

  async function once<Input>({ module, name }: Task<Input, unknown>, input: Input, turn: Turn) {
    return pool.use(async (thread) => {
      await load(thread, { module, name });
      return thread.ask({ kind: "run", module, name, input });
    }, turn);
  }

  return {
    async run(task, input, turn = {}) {
      for (let tries = 1; ; tries += 1) {
        try {
          return outputOf<ReturnType<typeof task.run>>(task.name, await once(task, input, turn));
        } catch (error) {
          if (!(error instanceof ThreadLost)) throw error;
          if (tries === TRIES) throw lost(task.name, error);
        }
      }
    },
    close: () => pool.close(),
  };
}

/** The task's return value: a thread sends nothing else as the output of a task with this name. */
function outputOf<Output>(name: string, message: FromTaskThread): Output {
  switch (message.kind) {
    case "done":
      return message.output as Output;
    case "refused": {
      const { code, message: words, ...options } = message.error;
      throw new AppError(code, words, options);
    }
    case "failed":
      throw Object.assign(new Error(message.message), message.stack ? { stack: message.stack } : {});
    default:
      throw new Error(`A thread answered the task ${name} with ${message.kind}.`);
  }
}

function lost(name: string, error: ThreadLost): AppError {
  return new AppError(
    "internal",
    "Gantry could not read a large document in the time and memory that it allows.",
    {
      suggestion: "Gantry will retry automatically. If the problem persists, contact an administrator.",
      retryable: true,
      details: { task: name, lost: error.loss },
      cause: error,
    },
  );
}

const slot = singleton<TaskThreads>("task-threads");

/**
 * The task threads of this process. The server creates them for the pages as well; none starts before the first task.
 */
export function taskThreads(): TaskThreads {
  return slot.getOrSet(createTaskThreads);
}

/** Tests replace the threads of the process with their own. */
export function replaceTaskThreads(threads: TaskThreads): void {
  slot.set(threads);
}

/** A later task starts new threads. */
export function closeTaskThreads(): void {
  slot.peek()?.close();
  slot.clear();
}

/**
 * Runs a task on the calling thread if its input is light, else in a task thread. `turn.priority` says whether a person
 * waits. Throws what `TaskThreads.run` throws.
 */
export async function runTask<Input, Output>(
  task: Task<Input, Output>,
  input: Input,
  turn?: Turn,
): Promise<Output> {
  return task.weigh(input) <= INLINE_WEIGHT ? task.run(input) : taskThreads().run(task, input, turn);
}
