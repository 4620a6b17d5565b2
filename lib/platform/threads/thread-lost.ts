/**
 * Why a thread was lost over its work. `time`: it computed too long without an answer. `memory`: it outgrew its heap.
 * `failed`: its program threw or ended. None of them says anything about the data: a busy machine is slow, too.
 */
export type ThreadLoss = "time" | "memory" | "failed";

/** Thrown where a thread was ended over the work that it was doing. The next work gets a new thread. */
export class ThreadLost extends Error {
  constructor(
    readonly loss: ThreadLoss,
    cause?: unknown,
  ) {
    super(`A thread was lost over its work: ${loss}.`, { cause });
    this.name = "ThreadLost";
  }
}
