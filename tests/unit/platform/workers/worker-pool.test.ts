import { expect, test, vi } from "vitest";
import { PendingAnswer } from "@/lib/platform/workers/pending-answer";
import { createWorkerPool, type Worker, type WorkerPoolOptions } from "@/lib/platform/workers/worker-pool";

type FakeWorker = Worker & { id: number; isReferenced: boolean };

/** A pool of workers that do nothing but live and die. */
function poolOf(options: Partial<WorkerPoolOptions<FakeWorker>> = {}) {
  const started: FakeWorker[] = [];
  const start = async (): Promise<FakeWorker> => {
    let isAlive = true;
    const worker: FakeWorker = {
      id: started.length,
      isReferenced: false,
      get isAlive() {
        return isAlive;
      },
      kill() {
        isAlive = false;
      },
      ref() {
        worker.isReferenced = true;
      },
      unref() {
        worker.isReferenced = false;
      },
    };
    started.push(worker);
    return worker;
  };
  return { started, pool: createWorkerPool({ start, workers: 1, idleMs: 1_000, ...options }) };
}

const idOf = async (worker: FakeWorker) => worker.id;

test("an idle worker is lent again, and keeps the process alive only while it works", async () => {
  const { pool, started } = poolOf();
  expect(await pool.use(async (worker) => worker.isReferenced)).toBe(true);
  expect(started[0]?.isReferenced).toBe(false);
  expect(await pool.use(idOf)).toBe(0);
  pool.close();
});

test("a worker that died is replaced, and work that failed does not lose its place", async () => {
  const { pool } = poolOf();
  await expect(
    pool.use(async (worker) => {
      worker.kill();
      throw new Error("crashed");
    }),
  ).rejects.toThrow("crashed");
  expect(await pool.use(idOf)).toBe(1);
  pool.close();
});

test("a worker that cannot be started costs its work only", async () => {
  let tries = 0;
  const { started, pool: working } = poolOf();
  const pool = createWorkerPool<FakeWorker>({
    start: async () => {
      tries += 1;
      if (tries === 1) throw new Error("no memory");
      await working.use(idOf);
      const [worker] = started;
      if (worker === undefined) throw new Error("no worker");
      return worker;
    },
    workers: 1,
    idleMs: 1_000,
  });
  await expect(pool.use(idOf)).rejects.toThrow("no memory");
  expect(await pool.use(idOf)).toBe(0);
  for (const each of [pool, working]) each.close();
});

test("idle workers end after a while, and all of them when the pool closes", async () => {
  vi.useFakeTimers();
  try {
    const { pool, started } = poolOf({ workers: 2 });
    await pool.use(idOf);
    vi.advanceTimersByTime(1_000);
    expect(started[0]?.isAlive).toBe(false);
    expect(await pool.use(idOf)).toBe(1);
    pool.close();
    expect(started[1]?.isAlive).toBe(false);
    await pool.use(idOf);
    expect(started.map(({ isAlive }) => isAlive)).toEqual([false, false, false]);
  } finally {
    vi.useRealTimers();
  }
});

test("beyond its limits work is refused as busy", async () => {
  const { pool } = poolOf({ waitingMax: 1, busyMessage: "Full." });
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const running = [pool.use(() => promise), pool.use(() => promise)];
  await expect(pool.use(idOf)).rejects.toMatchObject({ code: "busy", message: "Full." });
  resolve();
  await Promise.all(running);
  pool.close();
});

test("an answer arrives, is too late, or fails with the end of its worker", async () => {
  vi.useFakeTimers();
  try {
    const answer = new PendingAnswer<string>();
    answer.resolve("ignored");
    const first = answer.next(100, () => new Error("too late"));
    answer.resolve("one");
    expect(await first).toBe("one");
    const late = expect(answer.next(100, () => new Error("too late"))).rejects.toThrow("too late");
    vi.advanceTimersByTime(100);
    await late;
    const lost = expect(answer.next(100, () => new Error("too late"))).rejects.toThrow("ended");
    answer.end(new Error("ended"));
    answer.end(new Error("again"));
    await lost;
    await expect(answer.next(100, () => new Error("too late"))).rejects.toThrow("ended");
    expect(answer.hasEnded).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
