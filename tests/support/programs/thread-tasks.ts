/** Tasks that behave as badly as a text could make a parser behave. */

import { getPriority } from "node:os";
import { threadId } from "node:worker_threads";
import { AppError } from "@/lib/platform/errors";
import type { Task } from "@/lib/platform/threads/task";

const MODULE = "tests/support/programs/thread-tasks";

function task<Input, Output>(
  name: string,
  run: (input: Input) => Output,
  weight = 1_000_000,
): Task<Input, Output> {
  return { module: MODULE, name, run, weigh: () => weight };
}

export const WHERE = task("WHERE", () => threadId);
export const LIGHT = task("LIGHT", () => threadId, 10);
export const PRIORITY = task("PRIORITY", () => getPriority());
export const ECHO = task("ECHO", (text: string) => text);

export const LOOP = task("LOOP", (): string => {
  for (;;);
});

export const FILL = task("FILL", (): string => {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => `${at}`));
});

/** Computes until another thread writes into the shared memory; a task that waits for a signal without a clock. */
export const HOLD = task("HOLD", (flag: SharedArrayBuffer) => {
  const view = new Int32Array(flag);
  Atomics.store(view, 1, 1);
  Atomics.wait(view, 0, 0);
  return threadId;
});

export const REFUSE = task("REFUSE", (): string => {
  throw new AppError("limit_exceeded", "It has too many parts.", {
    suggestion: "Use fewer.",
    details: { parts: 7 },
  });
});

export const BREAK = task("BREAK", (): string => {
  throw new TypeError("a fault of ours");
});
