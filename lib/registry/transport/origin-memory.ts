/** Remembers registries by a property, such as a missing endpoint, which saves a request each time. */
export type OriginMemory = { has(origin: string): boolean; add(origin: string): void };

/** TTL, because a registry can be updated. */
const REMEMBERED_MS = 60 * 60 * 1000;

export function createOriginMemory(now: () => number): OriginMemory {
  // By registry. Bounded, because the operator configures the registries.
  const untilMs = new Map<string, number>();
  return {
    has: (origin) => (untilMs.get(origin) ?? 0) > now(),
    add: (origin) => void untilMs.set(origin, now() + REMEMBERED_MS),
  };
}
