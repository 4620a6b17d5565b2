/** Messages between the process and a task thread. The thread first sends `ready`, then one response per message. */

import type { ErrorCode } from "@/lib/platform/error-codes";
import type { AppErrorOptions } from "@/lib/platform/errors";

export type ToTaskThread =
  | { kind: "load"; module: string; name: string }
  | { kind: "run"; module: string; name: string; input: unknown };

export type FromTaskThread =
  | { kind: "ready" | "loaded" }
  | { kind: "done"; output: unknown }
  /** The task threw an `AppError`, which is about its input. */
  | { kind: "refused"; error: SentError }
  /** The task threw something else: a bug in Gantry. */
  | { kind: "failed"; message: string; stack: string | undefined };

/** An `AppError` as passed between threads, without its cause. */
export type SentError = Omit<AppErrorOptions, "cause"> & { code: ErrorCode; message: string };
