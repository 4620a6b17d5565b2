import { execFile } from "node:child_process";
import { getPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { lostInThread } from "@/lib/platform/threads/lost-in-thread";
import {
  closeTaskThreads,
  createTaskThreads,
  runTask,
  type TaskThreads,
  type TaskThreadsOptions,
} from "@/lib/platform/threads/task-threads";
import { NICER } from "@/lib/platform/threads/thread-priority";
import {
  BREAK,
  ECHO,
  FILL,
  HOLD,
  LIGHT,
  LOOP,
  PRIORITY,
  REFUSE,
  WHERE,
} from "@/tests/support/programs/thread-tasks";

const LIMITS = { heapMebibytes: 64, silentMs: 2_000, startMs: 60_000 };

let open: TaskThreads[] = [];
afterEach(() => {
  for (const threads of open) threads.close();
  open = [];
  closeTaskThreads();
});

function threadsOf(options: TaskThreadsOptions = {}): TaskThreads {
  const threads = createTaskThreads({ limits: LIMITS, ...options });
  open.push(threads);
  return threads;
}

/** Where a running task reports, and how it receives the signal to continue. */
function gate() {
  const memory = new SharedArrayBuffer(8);
  const view = new Int32Array(memory);
  return {
    memory,
    isHeld: () => Atomics.load(view, 1) === 1,
    open() {
      Atomics.store(view, 0, 1);
      Atomics.notify(view, 0);
    },
  };
}

test("heavy work runs in another thread, light work in the caller's", async () => {
  expect(await runTask(WHERE, undefined)).toBeGreaterThan(0);
  const here = await runTask(LIGHT, undefined);
  expect(here).toBe(LIGHT.run(undefined));
});

test("the event loop comes round while a thread computes", async () => {
  const threads = threadsOf();
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 0);
  await expect(threads.run(LOOP, undefined)).rejects.toMatchObject({ code: "internal" });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(20);
});

test("a thread leaves the processor to the event loop, which keeps its own priority", async () => {
  const before = getPriority();
  const nicer = process.platform === "linux" ? NICER : 0;
  expect(await threadsOf().run(PRIORITY, undefined)).toBe(before + nicer);
  expect(getPriority()).toBe(before);
});

describe("what ends a thread is tried once more and is never a fact about the text", () => {
  test.each([
    ["time", LOOP, LIMITS.silentMs],
    ["memory", FILL, 60_000],
  ] as const)("%s", async (loss, task, silentMs) => {
    const threads = threadsOf({ threads: 1, limits: { ...LIMITS, silentMs } });
    const started = countWorkers();
    const error = await threads.run(task, undefined).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "internal", retryable: true });
    expect(lostInThread(error)).toBe(loss);
    expect(started()).toBe(2);
    expect(await threads.run(ECHO, "next")).toBe("next");
  });
});

test("what a task throws on purpose keeps its code, words and details", async () => {
  const error = await threadsOf()
    .run(REFUSE, undefined)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "limit_exceeded",
    message: "It has too many parts.",
    suggestion: "Use fewer.",
    retryable: false,
    details: { parts: 7 },
  });
  expect(lostInThread(error)).toBeUndefined();
});

test("a fault of ours is an ordinary error, and the thread goes on", async () => {
  const threads = threadsOf({ threads: 1 });
  const started = countWorkers();
  await expect(threads.run(BREAK, undefined)).rejects.toThrow("a fault of ours");
  expect(await threads.run(ECHO, "next")).toBe("next");
  expect(started()).toBe(1);
});

describe("a slow text does not starve the others", () => {
  test("background work leaves a thread to people", async () => {
    const threads = threadsOf();
    const [first, second] = [gate(), gate()];
    const background = { priority: "background" } as const;
    const held = threads.run(HOLD, first.memory, background);
    const waiting = threads.run(HOLD, second.memory, background);
    await expect.poll(() => first.isHeld(), { timeout: 30_000 }).toBe(true);
    expect(await threads.run(ECHO, "a person's")).toBe("a person's");
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
    first.open();
    second.open();
    await Promise.all([held, waiting]);
  });

  test("people who come later go before background work that waits", async () => {
    const threads = threadsOf({ threads: 1, background: 1 });
    const blocked = gate();
    const done: string[] = [];
    const note = (name: string) => () => done.push(name);
    const all = [
      threads.run(HOLD, blocked.memory),
      threads.run(ECHO, "b", { priority: "background" }).then(note("background")),
      threads.run(ECHO, "p").then(note("person")),
    ];
    blocked.open();
    await Promise.all(all);
    expect(done).toEqual(["person", "background"]);
  });

  test("waiting takes none of a text's own time", async () => {
    const threads = threadsOf({ threads: 1, limits: { ...LIMITS, silentMs: 1_500 } });
    const slow = threads.run(LOOP, undefined).catch((error: unknown) => lostInThread(error));
    expect(await threads.run(ECHO, "waited through two tries")).toBe("waited through two tries");
    expect(await slow).toBe("time");
  });

  test("more than can wait are refused at once, to be tried again", async () => {
    const threads = threadsOf({ threads: 1, waitingMax: 1 });
    const blocked = gate();
    const all = [threads.run(HOLD, blocked.memory), threads.run(ECHO, "waits")];
    await expect(threads.run(ECHO, "too many")).rejects.toMatchObject({ code: "busy", retryable: true });
    blocked.open();
    await Promise.all(all);
    expect(await threads.run(ECHO, "later")).toBe("later");
  });

  test("who gives up waiting leaves the queue", async () => {
    const threads = threadsOf({ threads: 1 });
    const blocked = gate();
    const held = threads.run(HOLD, blocked.memory);
    const leaving = new AbortController();
    const left = threads.run(ECHO, "left", { signal: leaving.signal });
    leaving.abort(new Error("no one waits"));
    await expect(left).rejects.toThrow("no one waits");
    blocked.open();
    await held;
  });
});

test("an idle thread does not keep a process from ending", async () => {
  const script = `
    import { runTask } from "@/lib/platform/threads/task-threads";
    import { ECHO } from "@/tests/support/programs/thread-tasks";
    console.log(await runTask(ECHO, "done"));
  `;
  const cwd = fileURLToPath(new URL("../../..", import.meta.url));
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 60_000 });
  expect(stdout).toBe("done\n");
});

function countWorkers(): () => number {
  let count = 0;
  const note = () => {
    count += 1;
  };
  process.on("worker", note);
  open.push({ run: () => Promise.reject(new Error("closed")), close: () => process.off("worker", note) });
  return () => count;
}
