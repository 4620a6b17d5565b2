import type { LayerBudget } from "@/lib/inspection/layers/layer-budget";
import { LayerProblemError } from "@/lib/inspection/layers/layer-problem";
import { LayerThread, type LayerThreadOptions, THREAD_LIMITS } from "@/lib/inspection/layers/layer-thread";
import { readAhead } from "@/lib/inspection/layers/read-ahead";
import type { LayerWalk } from "@/lib/inspection/layers/walk-layer";
import type { WantedFiles } from "@/lib/inspection/layers/wanted-files";
import { singleton } from "@/lib/platform/singleton";

export type WalkRequest = {
  /** The compressed bytes, whose chunks become the reader's; must throw where they do not match the layer's digest. */
  source: AsyncIterable<Uint8Array>;
  budget: LayerBudget;
  wanted: WantedFiles;
};

/** Reads a layer; see `walkLayer`. Throws what the source throws. */
export type WalkLayer = (request: WalkRequest) => Promise<LayerWalk>;

/**
 * A few threads that inflate and read layers, so that no layer can hold up anything else. They are started when layers
 * wait and ended after a while without any. What goes wrong with a thread ends that thread and is the outcome
 * of that one layer.
 */
export type LayerThreads = {
  walk: WalkLayer;
  /** Ends the threads that wait, and those that read as soon as they have. */
  close(): void;
};

export type LayerThreadsOptions = Partial<LayerThreadOptions> & { threads?: number; idleMs?: number };

const THREADS = 2;
const IDLE_MS = 30_000;
/** So much of a layer is fetched before it takes a thread: the most are whole then, and a slow registry holds up none. */
const AHEAD_BYTES = 1024 * 1024;

export function createLayerThreads({
  threads = THREADS,
  idleMs = IDLE_MS,
  limits = THREAD_LIMITS,
  program,
}: LayerThreadsOptions = {}): LayerThreads {
  const idle: { thread: LayerThread; timer: NodeJS.Timeout }[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  async function take(): Promise<LayerThread> {
    if (busy >= threads) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    const kept = idle.pop();
    if (kept === undefined) return LayerThread.start({ limits, program });
    clearTimeout(kept.timer);
    return kept.thread.isAlive ? kept.thread : LayerThread.start({ limits, program });
  }

  function giveBack(thread: LayerThread | undefined): void {
    if (closed) thread?.kill();
    else if (thread?.isAlive) {
      const timer = setTimeout(() => thread.kill(), idleMs);
      timer.unref();
      idle.push({ thread, timer });
    }
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  }

  async function inThread<Result>(work: (thread: LayerThread) => Promise<Result>): Promise<Result> {
    let thread: LayerThread | undefined;
    try {
      thread = await take();
      return await work(thread);
    } finally {
      giveBack(thread);
    }
  }

  return {
    async walk({ source, budget, wanted }) {
      const chunks = source[Symbol.asyncIterator]();
      try {
        const ahead = await readAhead(chunks, AHEAD_BYTES);
        const request = { wanted, allowance: budget.allowance() };
        const { walk, spent } = await inThread((thread) => thread.read(request, ahead));
        budget.settle(spent);
        return walk;
      } catch (error) {
        if (error instanceof LayerProblemError) return error.problem;
        throw error;
      } finally {
        await chunks.return?.();
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

const slot = singleton<LayerThreads>("layer-threads");

/** The threads of this process, for both module graphs. Nothing runs before the first layer is read. */
export function layerThreads(): LayerThreads {
  const known = slot.peek();
  if (known !== undefined) return known;
  const made = createLayerThreads();
  slot.set(made);
  return made;
}

/** Whoever reads a layer afterwards starts new ones. */
export function closeLayerThreads(): void {
  slot.peek()?.close();
  slot.clear();
}
