import type { DrawRequest, FromDrawing } from "@/lib/media/drawing/drawing-main";

/** A rendering process, started directly or by the launcher. */
export type DrawingChild = {
  send(request: DrawRequest): void;
  kill(): void;
  /** Whether it keeps this process alive. */
  ref(): void;
  unref(): void;
};

export type DrawingEvents = { onMessage(message: FromDrawing): void; onEnd(why: Error): void };

export const CRASHED = "it crashed the image library";
