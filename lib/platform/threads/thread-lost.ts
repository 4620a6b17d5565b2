/**
 * Why a thread was lost. `time`: it computed too long without a message. `memory`: it exceeded its heap limit.
 * `failed`: its program threw or ended. None of these proves anything about the data, because a busy machine is slow,
 * too.
 */
export type ThreadLoss = "time" | "memory" | "failed";

/** Thrown if a thread ended during its work. The next work gets a new thread. */
export class ThreadLost extends Error {
  constructor(
    readonly loss: ThreadLoss,
    cause?: unknown,
  ) {
    super(`A thread was lost over its work: ${loss}.`, { cause });
    this.name = "ThreadLost";
  }
}
