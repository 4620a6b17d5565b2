/**
 * Who waits for the answer: a person (`interactive`), or nobody (`background`). Background work leaves places to people,
 * and the last tenth of a registry's allowance.
 */
export type Priority = "interactive" | "background";

/** How many may be taken at once, in all and by background work; asked anew each time one could be given. */
export type PlaceLimits = { total: number; background: number };

/** A bounded number of places, given in order of arrival, people first. */
export function createPlaces(limits: () => PlaceLimits) {
  const queues: Record<Priority, Set<() => void>> = { interactive: new Set(), background: new Set() };
  const taken: Record<Priority, number> = { interactive: 0, background: 0 };
  const takenInAll = () => taken.interactive + taken.background;

  function isFree(priority: Priority): boolean {
    const { total, background } = limits();
    if (takenInAll() >= total) return false;
    return priority === "interactive" || taken.background < background;
  }

  function admit(): void {
    for (const priority of ["interactive", "background"] as const) {
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
    /** Resolves with how to give the place back. Throws the signal's reason when that aborts first. */
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
