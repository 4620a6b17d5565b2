/** Follows extensions that moved to another repository (redirect chains). */

/** Maximum redirects in a chain. */
export const MOVE_HOPS_MAX = 3;

export type Relocation =
  | { kind: "stays" }
  | { kind: "arrives"; repository: string }
  /** A redirect loop, or a chain longer than `MOVE_HOPS_MAX`. */
  | { kind: "lost"; why: "loop" | "too_far" };

/** Resolves the current repository. `movedTo` returns the next repository, or null or undefined at the end. */
export function followRelocations(
  from: string,
  movedTo: (repository: string) => string | null | undefined,
): Relocation {
  const seen = new Set([from]);
  let at = from;
  for (let hops = 0; ; hops += 1) {
    const next = movedTo(at);
    if (next === null || next === undefined)
      return hops === 0 ? { kind: "stays" } : { kind: "arrives", repository: at };
    if (seen.has(next)) return { kind: "lost", why: "loop" };
    if (hops === MOVE_HOPS_MAX) return { kind: "lost", why: "too_far" };
    seen.add(next);
    at = next;
  }
}
