import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { DrawingChild } from "@/lib/media/drawing/drawing-child";
import type { DrawRequest, FromDrawing } from "@/lib/media/drawing/drawing-main";
import { startDrawingChild } from "@/lib/media/drawing/spawn-drawing";
import { AppError } from "@/lib/platform/errors";

export type DrawingLimits = {
  /** For how long one picture may take, its start included. */
  pictureMs: number;
  /** For how long the process may take to start, on a busy machine. */
  startMs: number;
};

export const DRAWING_LIMITS: DrawingLimits = { pictureMs: 10_000, startMs: 30_000 };

type Waiting = { resolve: (message: FromDrawing) => void; reject: (why: Error) => void };

/**
 * A process that draws pictures, one at a time. A small file may keep the drawing library busy for hours or crash it, in
 * native code that nothing can interrupt; so it runs where it can be ended. It knows no secrets of ours, cannot read the
 * data folder where the system allows another user, and never keeps this process alive while it waits.
 */
export class DrawingProcess {
  readonly #child: DrawingChild;
  readonly #limits: DrawingLimits;
  #waiting: Waiting | undefined;
  #alive = true;

  /** Throws a retryable `internal` where no process can be started. */
  static async start(limits: DrawingLimits, program?: URL): Promise<DrawingProcess> {
    const drawing = new DrawingProcess(limits, program);
    try {
      await drawing.answer(limits.startMs);
    } catch (cause) {
      drawing.kill();
      throw new AppError("internal", "The program that draws pictures could not be started.", {
        suggestion: "The inspection is tried again; if this lasts, look at the log and the free memory.",
        retryable: true,
        cause,
      });
    }
    drawing.rest();
    return drawing;
  }

  private constructor(limits: DrawingLimits, program: URL | undefined) {
    this.#limits = limits;
    const events = {
      onMessage: (message: FromDrawing) => this.#waiting?.resolve(message),
      onEnd: (why: Error) => this.end(why),
    };
    this.#child = startDrawingChild(events, program);
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** Never throws. A picture that takes too long or crashes the process is `not_checked`, and the process is dead then. */
  async draw(request: DrawRequest): Promise<DrawnPicture> {
    this.#child.ref();
    try {
      const answer = this.answer(this.#limits.pictureMs);
      this.#child.send(request);
      const message = await answer;
      return message.kind === "done" ? message.drawn : { kind: "not_checked", why: "it could not be drawn" };
    } catch (error) {
      this.kill();
      return { kind: "not_checked", why: error instanceof Error ? error.message : "it could not be drawn" };
    } finally {
      this.rest();
    }
  }

  kill(): void {
    this.#alive = false;
    this.#child.kill();
  }

  private rest(): void {
    this.#child.unref();
  }

  private answer(timeoutMs: number): Promise<FromDrawing> {
    return new Promise<FromDrawing>((resolve, reject) => {
      if (!this.#alive) return reject(new Error("the process that draws has ended"));
      const tooLate = new Error("drawing it took too long");
      const timer = setTimeout(() => settle(() => reject(tooLate)), timeoutMs);
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        act();
      };
      this.#waiting = {
        resolve: (message) => settle(() => resolve(message)),
        reject: (why) => settle(() => reject(why)),
      };
    });
  }

  private end(why: Error): void {
    this.#alive = false;
    this.#waiting?.reject(why);
  }
}
