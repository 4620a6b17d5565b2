import type { LayerBudget } from "@/lib/archive/layer-budget";
import { LayerProblemError } from "@/lib/archive/layer-problem";
import { LAYER_THREAD_LIMITS, readInThread } from "@/lib/inspection/layers/layer-thread";
import { readAhead } from "@/lib/inspection/layers/read-ahead";
import type { FromThread, ToThread } from "@/lib/inspection/layers/thread-messages";
import type { LayerWalk } from "@/lib/inspection/layers/walk-layer";
import type { WantedFiles } from "@/lib/inspection/layers/wanted-files";
import { singleton } from "@/lib/platform/singleton";
import type { ThreadLimits } from "@/lib/platform/threads/thread";
import { createThreadPool } from "@/lib/platform/threads/thread-pool";

export type WalkRequest = {
  /**
   * The compressed bytes. The reader takes ownership of the chunks. Must throw if they do not match the layer's
   * digest.
   */
  source: AsyncIterable<Uint8Array>;
  budget: LayerBudget;
  wanted: WantedFiles;
};

/** Reads a layer; see `walkLayer`. Throws what the source throws. */
export type WalkLayer = (request: WalkRequest) => Promise<LayerWalk>;

/**
 * Worker threads that decompress and read layers, so that no layer blocks anything else. They start when layers wait,
 * and end after a while without work. A failure ends its thread and becomes the outcome of that one layer.
 */
export type LayerThreads = {
  walk: WalkLayer;
  /** Ends idle threads now, and busy ones as soon as they finish. */
  close(): void;
};

export type LayerThreadsOptions = {
  threads?: number;
  idleMs?: number;
  limits?: ThreadLimits;
  /** Replaces the layer reader's program, to test how a faulty one is ended. */
  program?: URL;
};

const THREADS = 2;
const IDLE_MS = 30_000;
/**
 * Bytes of a layer fetched before it takes a thread. Most layers are complete by then, and a slow registry blocks no
 * thread.
 */
const AHEAD_BYTES = 1024 * 1024;
/** Not inlined, so that bundlers do not treat it as a file to bundle: a thread always runs the source. */
const PROGRAM = "./thread-main.ts";

export function createLayerThreads({
  threads = THREADS,
  idleMs = IDLE_MS,
  limits = LAYER_THREAD_LIMITS,
  program = new URL(PROGRAM, import.meta.url),
}: LayerThreadsOptions = {}): LayerThreads {
  const pool = createThreadPool<ToThread, FromThread>({
    program,
    limits,
    threads,
    // Unbounded queue: each inspection reads one layer at a time, and few inspections run at once.
    background: threads,
    waitingMax: Number.POSITIVE_INFINITY,
    idleMs,
  });
  return {
    async walk({ source, budget, wanted }) {
      const chunks = source[Symbol.asyncIterator]();
      try {
        const ahead = await readAhead(chunks, AHEAD_BYTES);
        const request = { wanted, allowance: budget.allowance() };
        const { walk, spent } = await pool.use((thread) => readInThread(thread, request, ahead, limits));
        budget.settle(spent);
        return walk;
      } catch (error) {
        if (error instanceof LayerProblemError) return error.problem;
        throw error;
      } finally {
        await chunks.return?.();
      }
    },
    close: () => pool.close(),
  };
}

const slot = singleton<LayerThreads>("layer-threads");

/** The threads of this process, shared by both module graphs. Nothing runs before the first layer is read. */
export function layerThreads(): LayerThreads {
  const known = slot.peek();
  if (known !== undefined) return known;
  const made = createLayerThreads();
  slot.set(made);
  return made;
}

/** Ends the threads. A later read starts new ones. */
export function closeLayerThreads(): void {
  slot.peek()?.close();
  slot.clear();
}
