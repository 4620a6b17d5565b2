import type { Drawing } from "@/lib/media/drawing/drawing-port";
import { DRAWING_LIMITS, DrawingProcess } from "@/lib/media/drawing/drawing-process";
import { rememberedDrawing } from "@/lib/media/drawing/remembered-drawing";
import { createSlots } from "@/lib/media/slots";
import { singleton } from "@/lib/platform/singleton";

export type DrawingOptions = {
  processes?: number;
  idleMs?: number;
  limits?: typeof DRAWING_LIMITS;
  /** Another program than the one that draws, for tests of how a bad one is ended. */
  program?: URL;
};

const PROCESSES = 2;
const IDLE_MS = 10_000;

export function createDrawing(options: DrawingOptions = {}): Drawing {
  const { processes = PROCESSES, idleMs = IDLE_MS, limits = DRAWING_LIMITS, program } = options;
  const slots = createSlots(processes);
  const idle: { drawing: DrawingProcess; timer: NodeJS.Timeout }[] = [];
  let closed = false;
  const take = async (): Promise<DrawingProcess> => {
    const kept = idle.pop();
    clearTimeout(kept?.timer);
    return kept?.drawing.isAlive === true ? kept.drawing : DrawingProcess.start(limits, program);
  };
  const giveBack = (drawing: DrawingProcess) => {
    if (closed) drawing.kill();
    if (!drawing.isAlive) return;
    const timer = setTimeout(() => {
      drawing.kill();
      idle.splice(0, idle.length, ...idle.filter((each) => each.drawing !== drawing));
    }, idleMs);
    idle.push({ drawing, timer: timer.unref() });
  };
  return {
    draw: (bytes, shape) =>
      slots(async () => {
        const drawing = await take();
        const drawn = await drawing.draw({ bytes, shape });
        giveBack(drawing);
        return drawn;
      }),
    close() {
      closed = true;
      for (const { drawing, timer } of idle.splice(0)) {
        clearTimeout(timer);
        drawing.kill();
      }
    },
  };
}

const slot = singleton<Drawing>("drawing");

/** The drawing of this process, for both module graphs. Nothing runs before the first picture. */
export function drawing(): Drawing {
  const known = slot.peek();
  if (known !== undefined) return known;
  const made = rememberedDrawing(createDrawing());
  slot.set(made);
  return made;
}

/** Whoever draws a picture afterwards starts new ones. */
export function closeDrawing(): void {
  slot.peek()?.close();
  slot.clear();
}
