/** Remembers registries that lack an endpoint or an option of it, which saves a request each time. */
export type MissingEndpoints = { has(origin: string): boolean; add(origin: string): void };

/** TTL, because a registry can be updated. */
const REMEMBERED_MS = 60 * 60 * 1000;

export function createMissingEndpoints(now: () => number): MissingEndpoints {
  // By registry. Bounded, because the operator configures the registries.
  const untilMs = new Map<string, number>();
  return {
    has: (origin) => (untilMs.get(origin) ?? 0) > now(),
    add: (origin) => void untilMs.set(origin, now() + REMEMBERED_MS),
  };
}
