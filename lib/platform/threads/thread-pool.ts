import { AppError } from "@/lib/platform/errors";
import { createPlaces, type Priority } from "@/lib/platform/places";
import { Thread, type ThreadLimits } from "@/lib/platform/threads/thread";

/** Whose work it is, and what ends the waiting for a thread. Work that has begun goes on to its end. */
export type Turn = { priority?: Priority | undefined; signal?: AbortSignal | undefined };

/**
 * A few threads with the same program. They start when work arrives and end after a while without any. Work waits in
 * order of arrival, people's before background work, and its own time begins when it has a thread.
 */
export type ThreadPool<To, From> = {
  /** Throws what `work` throws, the signal's reason, and a retryable `busy` where too many wait. */
  use<Result>(work: (thread: Thread<To, From>) => Promise<Result>, turn?: Turn): Promise<Result>;
  /** Ends idle threads, and busy ones as soon as they are done. */
  close(): void;
};

export type ThreadPoolOptions = {
  /** The file that a thread runs; says something once it is ready. */
  program: URL;
  limits: ThreadLimits;
  threads: number;
  /** Threads that background work may hold at once. */
  background: number;
  /** How much work of people, and how much background work, may wait for a thread. */
  waitingMax: number;
  idleMs: number;
};

export function createThreadPool<To, From>(options: ThreadPoolOptions): ThreadPool<To, From> {
  const { program, limits, threads, background, waitingMax, idleMs } = options;
  const places = createPlaces(() => ({ total: threads, background }));
  const idle: { thread: Thread<To, From>; timer: NodeJS.Timeout }[] = [];
  const asking: Record<Priority, number> = { interactive: 0, background: 0 };
  let closed = false;

  async function take(): Promise<Thread<To, From>> {
    const kept = idle.pop();
    clearTimeout(kept?.timer);
    return kept?.thread.isAlive === true ? kept.thread : Thread.start(program, limits);
  }

  function giveBack(thread: Thread<To, From>): void {
    if (closed) thread.kill();
    if (!thread.isAlive) return;
    const timer = setTimeout(() => {
      thread.kill();
      idle.splice(0, idle.length, ...idle.filter((each) => each.thread !== thread));
    }, idleMs);
    idle.push({ thread, timer: timer.unref() });
  }

  async function inThread<Result>(work: (thread: Thread<To, From>) => Promise<Result>): Promise<Result> {
    const thread = await take();
    try {
      return await thread.during(() => work(thread));
    } finally {
      giveBack(thread);
    }
  }

  return {
    async use(work, { priority = "interactive", signal } = {}) {
      if (asking[priority] >= threads + waitingMax) throw tooManyWait();
      asking[priority] += 1;
      try {
        const leave = await places.take(priority, signal);
        return await inThread(work).finally(leave);
      } finally {
        asking[priority] -= 1;
      }
    },
    close() {
      closed = true;
      for (const { thread, timer } of idle.splice(0)) {
        clearTimeout(timer);
        thread.kill();
      }
    },
  };
}

function tooManyWait(): AppError {
  return new AppError("busy", "Too many large documents are waiting to be read.", {
    suggestion: "Try again in a minute.",
    retryable: true,
    retryAfterSeconds: 60,
  });
}
