/** Longest text that is compared; anything longer is no slip of the finger. */
const MAX_CHARACTERS = 100;

/**
 * The candidate that is at most `maxEdits` insertions, deletions or replacements away from `text`, the closest
 * first and then the first in order; undefined when none is.
 */
export function nearest(text: string, candidates: readonly string[], maxEdits: number): string | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) > maxEdits) continue;
    const edits = editDistance(text, candidate);
    if (edits <= maxEdits && (best === undefined || edits < best.edits)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (left === right ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
