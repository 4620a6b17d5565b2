import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { DrawingChild } from "@/lib/media/drawing/drawing-child";
import type { DrawRequest, FromDrawing } from "@/lib/media/drawing/drawing-main";
import { startDrawingChild } from "@/lib/media/drawing/spawn-drawing";
import { AppError } from "@/lib/platform/errors";
import { PendingAnswer } from "@/lib/platform/workers/pending-answer";
import type { Worker } from "@/lib/platform/workers/worker-pool";

export type DrawingLimits = {
  /** Time limit for one image. */
  pictureMs: number;
  /** Time limit for the process to start on a busy machine. */
  startMs: number;
};

export const DRAWING_LIMITS: DrawingLimits = { pictureMs: 10_000, startMs: 30_000 };

/**
 * A process that renders images, one at a time. A small file can keep the image library busy for hours or crash it, in
 * native code that cannot be interrupted, so it runs in a process that can be killed. The process has no secrets and,
 * where the system supports another user, no access to the data folder.
 */
export class DrawingProcess implements Worker {
  readonly #child: DrawingChild;
  readonly #limits: DrawingLimits;
  readonly #answer = new PendingAnswer<FromDrawing>();

  /** Throws a retryable `internal` if no process can be started. */
  static async start(limits: DrawingLimits, program?: URL): Promise<DrawingProcess> {
    const drawing = new DrawingProcess(limits, program);
    try {
      await drawing.#answer.next(limits.startMs, outOfTime);
    } catch (cause) {
      drawing.kill();
      throw new AppError("internal", "Gantry could not start the process that decodes images.", {
        suggestion:
          "Gantry will retry automatically. If the problem persists, check the log and free memory.",
        retryable: true,
        cause,
      });
    }
    drawing.unref();
    return drawing;
  }

  private constructor(limits: DrawingLimits, program: URL | undefined) {
    this.#limits = limits;
    const events = {
      onMessage: (message: FromDrawing) => this.#answer.resolve(message),
      onEnd: (why: Error) => this.#answer.end(why),
    };
    this.#child = startDrawingChild(events, program);
  }

  get isAlive(): boolean {
    return !this.#answer.hasEnded;
  }

  ref(): void {
    this.#child.ref();
  }

  unref(): void {
    this.#child.unref();
  }

  /**
   * Never throws. An image that takes too long or crashes the process is `not_checked`; the process is dead afterwards.
   */
  async draw(request: DrawRequest): Promise<DrawnPicture> {
    try {
      this.#child.send(request);
      const message = await this.#answer.next(this.#limits.pictureMs, outOfTime);
      return message.kind === "done"
        ? message.drawn
        : { kind: "not_checked", why: "it could not be decoded" };
    } catch (error) {
      this.kill();
      return { kind: "not_checked", why: error instanceof Error ? error.message : "it could not be decoded" };
    }
  }

  kill(): void {
    this.#answer.end(new Error("the image process has ended"));
    this.#child.kill();
  }
}

function outOfTime(): Error {
  return new Error("drawing it took too long");
}
