import type { Drawing } from "@/lib/media/drawing/drawing-port";
import { DRAWING_LIMITS, DrawingProcess } from "@/lib/media/drawing/drawing-process";
import { rememberedDrawing } from "@/lib/media/drawing/remembered-drawing";
import { singleton } from "@/lib/platform/singleton";
import { createWorkerPool } from "@/lib/platform/workers/worker-pool";

export type DrawingOptions = {
  processes?: number;
  idleMs?: number;
  limits?: typeof DRAWING_LIMITS;
  /** Replaces the rendering program, for tests of how a misbehaving one is killed. */
  program?: URL;
};

const PROCESSES = 2;
const IDLE_MS = 10_000;

export function createDrawing(options: DrawingOptions = {}): Drawing {
  const { processes = PROCESSES, idleMs = IDLE_MS, limits = DRAWING_LIMITS, program } = options;
  const pool = createWorkerPool({
    start: () => DrawingProcess.start(limits, program),
    workers: processes,
    idleMs,
  });
  return {
    draw: (bytes, shape) => pool.use((process) => process.draw({ bytes, shape })),
    close: () => pool.close(),
  };
}

const slot = singleton<Drawing>("drawing");

/** The image renderer of this process, shared by both module graphs. No process starts before the first image. */
export function drawing(): Drawing {
  return slot.getOrSet(() => rememberedDrawing(createDrawing()));
}

/** A later image starts new processes. */
export function closeDrawing(): void {
  slot.peek()?.close();
  slot.clear();
}
