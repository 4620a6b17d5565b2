import { type ChildProcess, spawn } from "node:child_process";
import type { DrawnPicture } from "@/lib/inspection/media/draw-picture";
import type { DrawRequest, FromDrawing } from "@/lib/inspection/media/drawing-main";
import { AppError } from "@/lib/platform/errors";

export type DrawingLimits = {
  /** For how long one picture may take, its start included. */
  pictureMs: number;
  /** For how long the process may take to start, on a busy machine. */
  startMs: number;
};

export const DRAWING_LIMITS: DrawingLimits = { pictureMs: 10_000, startMs: 30_000 };

/** Not written where it is used, so that a bundler sees no file to bundle: the process always runs the source. */
const PROGRAM = "./drawing-main.ts";

type Waiting = { resolve: (message: FromDrawing) => void; reject: (why: Error) => void };

/**
 * A process that draws pictures, one at a time. A small file may keep the drawing library busy for hours or crash it, in
 * native code that nothing can interrupt; so it runs where it can be ended. It knows no secrets of ours and never keeps
 * this process alive while it waits.
 */
export class DrawingProcess {
  readonly #child: ChildProcess;
  readonly #limits: DrawingLimits;
  #waiting: Waiting | undefined;
  #alive = true;

  /** Throws a retryable `internal` where no process can be started. */
  static async start(
    limits: DrawingLimits,
    program = new URL(PROGRAM, import.meta.url),
  ): Promise<DrawingProcess> {
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

  private constructor(limits: DrawingLimits, program: URL) {
    this.#limits = limits;
    this.#child = spawn(process.execPath, ["--input-type=module", "--eval", bootstrap(program)], {
      env: { NODE_ENV: "production", UV_THREADPOOL_SIZE: "2", VIPS_CONCURRENCY: "1", MALLOC_ARENA_MAX: "2" },
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "advanced",
    });
    this.#child.on("message", (message: FromDrawing) => this.#waiting?.resolve(message));
    this.#child.on("error", (error) => this.end(error));
    this.#child.on("exit", () => this.end(new Error("it made the drawing library crash")));
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** Never throws. A picture that takes too long or crashes the process is `not_checked`, and the process is dead then. */
  async draw(request: DrawRequest): Promise<DrawnPicture> {
    this.#child.ref();
    this.#child.channel?.ref();
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
    this.#child.kill("SIGKILL");
  }

  private rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
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

/** `--import` would look for the loader of TypeScript where the process was started; here it is found beside the program. */
function bootstrap(program: URL): string {
  const load = `import(${JSON.stringify(program.href)})`;
  return `import("tsx/esm/api").then(({ register }) => { register(); return ${load}; });`;
}
