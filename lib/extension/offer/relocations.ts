/** Extensions that moved to another repository, and that one perhaps again. */

/** How many moves in a row are followed. */
export const MOVE_HOPS_MAX = 3;

export type Relocation =
  | { kind: "stays" }
  | { kind: "arrives"; repository: string }
  /** It comes back to where it was, or goes on for longer than `MOVE_HOPS_MAX`. */
  | { kind: "lost"; why: "loop" | "too_far" };

/** Where the extension is now. `movedTo` gives the next repository, null or undefined where there is none. */
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
