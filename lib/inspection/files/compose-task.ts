import { type ComposeQuestion, type ComposeReading, readCompose } from "@/lib/extension/compose/compose";
import { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { INLINE_WEIGHT, type Task } from "@/lib/platform/threads/task";
import { taskThreads } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/workers/worker-pool";

type Question = Omit<ComposeQuestion, "steps">;

/** `readCompose` for a thread: a small file may cost the whole budget of steps, some hundred milliseconds. */
export const READ_COMPOSE: Task<Question, ComposeReading> = {
  module: "lib/inspection/files/compose-task",
  name: "READ_COMPOSE",
  run: readCompose,
  weigh: ({ files }) =>
    [...files.values()].reduce((sum, file) => sum + (typeof file === "string" ? 0 : file.length), 0),
};

/** A few milliseconds. Ordinary projects take fewer steps than this. */
const INLINE_STEPS = 2_000;

/**
 * `readCompose`, here if the files are small and take few steps, else in a thread. The steps decide and not the size
 * alone, because a file of 200 bytes can include itself without end.
 */
export async function readComposeAside(question: Question, turn: Turn): Promise<ComposeReading> {
  if (READ_COMPOSE.weigh(question) <= INLINE_WEIGHT) {
    const steps = new StepBudget(INLINE_STEPS);
    const reading = readCompose({ ...question, steps });
    if (!steps.isSpent) return reading;
  }
  return taskThreads().run(READ_COMPOSE, question, turn);
}
