/** Maximum length to compare; longer texts are not typos. */
const MAX_CHARACTERS = 100;

/**
 * The closest candidate within `maxEdits` insertions, deletions, replacements or swaps of adjacent characters; the
 * first of equals; undefined when there is none.
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

/** Optimal string alignment: Levenshtein distance with swaps, row by row. */
function editDistance(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, one] of left.entries()) {
    const next = [i + 1];
    for (const [j, other] of right.entries()) {
      const replaced = (row[j] ?? 0) + (one === other ? 0 : 1);
      const edits = Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
      const isSwap = i > 0 && j > 0 && one === right[j - 1] && left[i - 1] === other;
      next.push(isSwap ? Math.min(edits, (before[j - 1] ?? 0) + 1) : edits);
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
