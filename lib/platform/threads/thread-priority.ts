import { getPriority, setPriority } from "node:os";

/**
 * Linux nice level, from -20 to 19. On a shared processor, the thread gets about half as much time as a busy event
 * loop.
 */
export const NICER = 3;

/**
 * Lowers this thread's priority, so that the event loop runs first if both compete for a processor. Linux only:
 * elsewhere, the priority applies to the whole process.
 */
export function yieldToEventLoop(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Math.min(19, getPriority() + NICER));
  } catch (error) {
    // Sandboxes that filter system calls refuse this. The thread then runs at the priority of the process.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_SYSTEM_ERROR")) throw error;
  }
}
