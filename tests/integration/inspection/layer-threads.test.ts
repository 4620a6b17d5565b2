import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LayerBudget } from "@/lib/archive/layer-budget";
import {
  createLayerThreads,
  type LayerThreads,
  type LayerThreadsOptions,
} from "@/lib/inspection/layers/layer-threads";
import { walkLayer } from "@/lib/inspection/layers/walk-layer";
import { INSPECTION_LIMITS, type InspectionLimits } from "@/lib/inspection/limits";
import { gzipped, tarOf } from "@/tests/builders/tar-bytes";
import { inChunks } from "@/tests/unit/archive/walk";

const PROGRAM = new URL("../../support/programs/bad-layer-program.ts", import.meta.url);
const LIMITS = { heapMebibytes: 64, silentMs: 2_000, startMs: 60_000 };
const LAYER = gzipped(tarOf({ name: "metadata.json", content: "{}" }, { name: "ui/a", content: "a" }));

let open: LayerThreads[] = [];
afterEach(() => {
  for (const threads of open) threads.close();
  open = [];
});

function threadsOf(options: LayerThreadsOptions = {}): LayerThreads {
  const threads = createLayerThreads({ threads: 1, ...options });
  open.push(threads);
  return threads;
}

function read(threads: LayerThreads, bytes: Uint8Array | string, limits: Partial<InspectionLimits> = {}) {
  const budget = new LayerBudget({ ...INSPECTION_LIMITS, ...limits }, () => performance.now());
  const source = inChunks(Buffer.from(bytes), 64 * 1024);
  return threads.walk({ source, budget, wanted: { kind: "all" } });
}

test("a thread finds what the same reading finds without one, and the budget is spent", async () => {
  const budget = new LayerBudget(INSPECTION_LIMITS, () => 0);
  const request = { source: inChunks(LAYER, 7), budget, wanted: { kind: "all" } } as const;
  const expected = await walkLayer({
    source: inChunks(LAYER, 7),
    budget: new LayerBudget(INSPECTION_LIMITS, () => 0),
    wanted: () => true,
  });
  expect(await threadsOf().walk(request)).toEqual(expected);
  expect(expected).toMatchObject({
    kind: "read",
    bodies: new Map([
      [0, expect.anything()],
      [1, expect.anything()],
    ]),
  });
  expect(budget.allowance().spent).toMatchObject({ inflatedBytes: 3 * 1024, entries: 3 });
});

test("waiting for a thread costs a layer none of its time", async () => {
  let now = 0;
  const budget = new LayerBudget({ ...INSPECTION_LIMITS, layerMs: 60_000 }, () => (now += 1_000_000));
  budget.admit(LAYER.length);
  const walked = await threadsOf().walk({ source: inChunks(LAYER, 7), budget, wanted: { kind: "all" } });
  expect(walked.kind).toBe("read");
  expect(budget.allowance().spent.elapsedMs).toBeLessThan(60_000);
});

describe("a bomb does not hold up this thread", () => {
  const GIBIBYTE = 2 ** 30;

  /** 1 GiB of zeros, in members of 64 MiB so that making it takes no time. */
  const bomb = Buffer.concat(new Array(16).fill(gzipSync(Buffer.alloc(GIBIBYTE / 16))));

  test("this thread handles none of its inflated bytes and goes on coming round", async () => {
    class Watched extends LayerBudget {
      override spendInflated(): void {
        throw new Error("inflated in the main thread");
      }
    }
    const threads = threadsOf();
    await read(threads, LAYER);
    let turns = 0;
    const turning = setInterval(() => {
      turns += 1;
    }, 0);
    const budget = new Watched(INSPECTION_LIMITS, () => 0);
    const walked = await threads.walk({ source: inChunks(bomb, 64 * 1024), budget, wanted: { kind: "all" } });
    clearInterval(turning);
    expect(walked).toEqual({
      kind: "over_limit",
      reason: expect.stringContaining("decompress to more than"),
    });
    expect(budget.allowance().spent.inflatedBytes).toBeLessThan(INSPECTION_LIMITS.inflatedBytes + 2 ** 20);
    expect(turns).toBeGreaterThan(20);
  });

  test("no more of it is fetched than the thread asked for", async () => {
    let fetched = 0;
    const source = async function* () {
      for await (const chunk of inChunks(bomb, 16 * 1024)) {
        fetched += chunk.length;
        yield chunk;
      }
    };
    const budget = new LayerBudget({ ...INSPECTION_LIMITS, inflatedBytes: 2 ** 20 }, () => 0);
    const walked = await threadsOf().walk({ source: source(), budget, wanted: { kind: "all" } });
    expect(walked.kind).toBe("over_limit");
    expect(bomb.length).toBeGreaterThan(1_040_000);
    expect(fetched).toBeLessThanOrEqual(2 ** 20 + 16 * 1024);
  });
});

describe("what kills a thread is the outcome of that one layer, and the next one is read", () => {
  test.each([
    ["loop", "out_of_time", /took too long/],
    ["memory", "over_limit", /64 MiB of memory/],
    ["throw", "failed", /reader crashed/],
    ["exit", "failed", /reader crashed/],
  ])("%s", async (text, kind, reason) => {
    const threads = threadsOf({ limits: LIMITS, program: PROGRAM, threads: 2 });
    const fine = { kind: "malformed", reason: "it is a text" };
    const outcomes = await Promise.all(["fine", text, "fine", "fine"].map((each) => read(threads, each)));
    const bad = { kind, reason: expect.stringMatching(reason) };
    expect(outcomes).toEqual([fine, bad, fine, fine]);
    expect(await read(threads, "fine")).toEqual(fine);
  });

  test("a program that cannot be started is an error to try again", async () => {
    const program = new URL("nowhere.ts", import.meta.url);
    const threads = threadsOf({ program });
    for (const _ of [1, 2]) {
      await expect(read(threads, LAYER)).rejects.toMatchObject({ code: "internal", retryable: true });
    }
  });
});

test("an error of the source is thrown as it is, and the thread reads the next layer", async () => {
  const threads = threadsOf();
  const failing = async function* () {
    for (let at = 0; at < 40; at++) yield Buffer.from(gzipped(Buffer.alloc(64 * 1024, 1)));
    yield new Uint8Array(2 ** 20);
    throw new Error("digest mismatch");
  };
  const budget = new LayerBudget(INSPECTION_LIMITS, () => 0);
  const walking = threads.walk({ source: failing(), budget, wanted: { kind: "all" } });
  await expect(walking).rejects.toThrow("digest mismatch");
  expect((await read(threads, LAYER)).kind).toBe("read");
});

describe("closing ends each thread", () => {
  const started: Promise<unknown>[] = [];
  const watch = (worker: Worker) => started.push(once(worker, "exit"));
  beforeEach(() => {
    started.length = 0;
    process.on("worker", watch);
    return () => process.off("worker", watch);
  });

  const IDLE_MS = 600_000;

  test("one that waits", async () => {
    const threads = createLayerThreads({ idleMs: IDLE_MS });
    await read(threads, LAYER);
    threads.close();
    expect(await Promise.all(started)).toHaveLength(1);
  });

  test("one that reads, once it has", async () => {
    const threads = createLayerThreads({ idleMs: IDLE_MS });
    const layer = tarOf({ name: "noise", content: randomBytes(2 ** 21) });
    let sent = 0;
    const source = async function* () {
      for await (const chunk of inChunks(layer, 64 * 1024)) {
        sent += chunk.length;
        if (sent > 1.5 * 2 ** 20) threads.close();
        yield chunk;
      }
    };
    const budget = new LayerBudget(INSPECTION_LIMITS, () => 0);
    const walked = await threads.walk({ source: source(), budget, wanted: { kind: "likely" } });
    expect(walked.kind).toBe("read");
    expect(await Promise.all(started)).toHaveLength(1);
  });
});

test("an idle thread does not keep a process from ending", async () => {
  const script = `
    import { createLayerThreads } from "@/lib/inspection/layers/layer-threads";
    import { LayerBudget } from "@/lib/archive/layer-budget";
    import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
    const budget = new LayerBudget(INSPECTION_LIMITS, () => 0);
    async function* source() { yield new Uint8Array(1024); }
    const walked = await createLayerThreads().walk({ source: source(), budget, wanted: { kind: "all" } });
    console.log(walked.kind);
  `;
  const cwd = fileURLToPath(new URL("../../..", import.meta.url));
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 60_000 });
  expect(stdout).toBe("read\n");
});
