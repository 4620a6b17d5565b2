/** What the process and a thread that runs tasks tell each other. The thread says `ready` first and then answers. */

import type { ErrorCode } from "@/lib/platform/error-codes";
import type { AppErrorOptions } from "@/lib/platform/errors";

export type ToTaskThread =
  | { kind: "load"; module: string; name: string }
  | { kind: "run"; module: string; name: string; input: unknown };

export type FromTaskThread =
  | { kind: "ready" | "loaded" }
  | { kind: "done"; output: unknown }
  /** The task threw one of our errors, which says something about its input. */
  | { kind: "refused"; error: SentError }
  /** It threw something else: a fault in our code. */
  | { kind: "failed"; message: string; stack: string | undefined };

/** An `AppError` between threads; its cause stays behind. */
export type SentError = Omit<AppErrorOptions, "cause"> & { code: ErrorCode; message: string };
