import { getPriority, setPriority } from "node:os";

/** Steps on Linux' scale from -20 to 19. On one processor, a thread gets about half of what a busy event loop gets. */
export const NICER = 3;

/**
 * Lets the event loop run first where this thread competes with it for a processor. On Linux alone: there a priority
 * belongs to a thread, elsewhere to the whole process.
 */
export function yieldToEventLoop(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Math.min(19, getPriority() + NICER));
  } catch (error) {
    // A sandbox that filters system calls refuses. The thread then works at the priority of the process.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_SYSTEM_ERROR")) throw error;
  }
}
