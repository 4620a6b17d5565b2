/**
 * Who waits for the result: a person with an account (`interactive`), no one (`background`), or an anonymous caller
 * (`anonymous`). Background work leaves slots, and the last tenth of a registry's quota, to people. Anonymous callers
 * come last and leave half of the quota.
 */
export type Priority = "interactive" | "background" | "anonymous";

/**
 * The most slots taken at once: in total, by background and anonymous work together, and by anonymous work. Read each
 * time a slot is requested or released.
 */
export type SemaphoreLimits = { total: number; background: number; anonymous: number };

const PRIORITIES = ["interactive", "background", "anonymous"] as const;

/** A semaphore with priorities: the highest priority first, in order of arrival within one. */
export function createPrioritySemaphore(limits: () => SemaphoreLimits) {
  const queues: Record<Priority, Set<() => void>> = {
    interactive: new Set(),
    background: new Set(),
    anonymous: new Set(),
  };
  const taken: Record<Priority, number> = { interactive: 0, background: 0, anonymous: 0 };
  const takenInAll = () => taken.interactive + taken.background + taken.anonymous;

  function isFree(priority: Priority): boolean {
    const { total, background, anonymous } = limits();
    if (takenInAll() >= total) return false;
    if (priority === "interactive") return true;
    if (taken.background + taken.anonymous >= background) return false;
    return priority === "background" || taken.anonymous < anonymous;
  }

  function admit(): void {
    for (const priority of PRIORITIES) {
      for (const go of queues[priority]) {
        if (!isFree(priority)) break;
        queues[priority].delete(go);
        taken[priority] += 1;
        go();
      }
    }
  }

  return {
    taken: takenInAll,
    /** Resolves to a function that releases the slot. Throws the signal's reason if it aborts first. */
    async take(priority: Priority, signal: AbortSignal | undefined): Promise<() => void> {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          if (queues[priority].delete(go)) reject(signal?.reason);
        };
        const go = () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        };
        signal?.addEventListener("abort", stop, { once: true });
        queues[priority].add(go);
        admit();
      });
      return () => {
        taken[priority] -= 1;
        admit();
      };
    },
  };
}
