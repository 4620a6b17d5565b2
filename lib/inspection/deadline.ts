import { AppError } from "@/lib/platform/errors";

export type Deadline = { timeoutMs: number; signal: AbortSignal | undefined; subject: string };

/**
 * Runs `work` with a signal that aborts after `timeoutMs` or together with `signal`. A timeout throws a retryable
 * `limit_exceeded`, whatever error the abort caused inside.
 */
export async function withDeadline<Result>(
  { timeoutMs, signal, subject }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await work(signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (!timeout.aborted || signal?.aborted === true) throw error;
    throw new AppError(
      "limit_exceeded",
      `The inspection of ${subject} took longer than ${timeoutMs / 1000} seconds and was stopped.`,
      { suggestion: "Gantry will retry later. The registry may be slow.", retryable: true, cause: error },
    );
  }
}
