import { type ComposeQuestion, type ComposeReading, readCompose } from "@/lib/extension/compose/compose";
import { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { INLINE_WEIGHT, type Task } from "@/lib/platform/threads/task";
import { taskThreads } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/threads/thread-pool";

type Question = Omit<ComposeQuestion, "steps">;

/**
 * `readCompose` as a task for a worker thread: even a small file can use the whole step budget, some hundred
 * milliseconds.
 */
export const READ_COMPOSE: Task<Question, ComposeReading> = {
  module: "lib/inspection/files/compose-task",
  name: "READ_COMPOSE",
  run: readCompose,
  weigh: ({ files }) =>
    [...files.values()].reduce((sum, file) => sum + (typeof file === "string" ? 0 : file.length), 0),
};

/** A few milliseconds of work. Ordinary projects take fewer steps. */
const INLINE_STEPS = 2_000;

/**
 * Runs `readCompose` on this thread for small files with few steps, otherwise in a worker thread. Size alone does not
 * decide, because a file of 200 bytes can include itself without end.
 */
export async function readComposeAside(question: Question, turn: Turn): Promise<ComposeReading> {
  if (READ_COMPOSE.weigh(question) <= INLINE_WEIGHT) {
    const steps = new StepBudget(INLINE_STEPS);
    const reading = readCompose({ ...question, steps });
    if (!steps.isSpent) return reading;
  }
  return taskThreads().run(READ_COMPOSE, question, turn);
}
