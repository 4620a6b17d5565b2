/** Registries that were found not to know the endpoint of referrers, so that each image costs one request less. */
export type MissingEndpoints = { has(origin: string): boolean; add(origin: string): void };

/** How long a missing endpoint is remembered: a registry can be updated. */
const REMEMBERED_MS = 60 * 60 * 1000;

export function createMissingEndpoints(now: () => number): MissingEndpoints {
  // By registry that the operator allows, so that there are few.
  const untilMs = new Map<string, number>();
  return {
    has: (origin) => (untilMs.get(origin) ?? 0) > now(),
    add: (origin) => void untilMs.set(origin, now() + REMEMBERED_MS),
  };
}
