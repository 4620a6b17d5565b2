/**
 * Banded edit distance. Counts typos: an extra, missing, wrong or swapped letter. The returned function gives the
 * distance between `typed` and a word or its prefix; `max` + 1 means more. It runs over very many words, so it
 * computes only the cells within `max` of the diagonal, plus one sentinel on each side, and allocates nothing.
 * `lib/extension/text/nearest.ts` compares whole texts instead of prefixes.
 */
export function countMistakes(typed: string, max: number): (word: string) => number {
  const codes = Uint16Array.from({ length: typed.length }, (_none, index) => typed.charCodeAt(index));
  const width = typed.length + max + 2;
  let [twoBefore, before, current] = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
  return (word) => {
    const last = Math.min(word.length, typed.length + max);
    for (let column = 0; column <= max; column += 1) before[column] = column;
    before[max + 1] = max + 1;
    for (let row = 1; row <= codes.length; row += 1) {
      const isWithin = fillRow(row, word, last, max, codes, current, before, twoBefore);
      if (!isWithin) return max + 1;
      [twoBefore, before, current] = [before, current, twoBefore];
    }
    return leastOf(before, Math.max(0, codes.length - max), last, max);
  };
}

/** False when every path to this row exceeds `max`. */
function fillRow(
  row: number,
  word: string,
  last: number,
  max: number,
  codes: Uint16Array,
  current: Uint8Array,
  before: Uint8Array,
  twoBefore: Uint8Array,
): boolean {
  const code = codes[row - 1];
  const from = Math.max(1, row - max);
  let isWithin = row <= max;
  current[from - 1] = isWithin ? row : max + 1;
  for (let column = from; column <= Math.min(last, row + max); column += 1) {
    const letter = word.charCodeAt(column - 1);
    let least = (before[column - 1] ?? 0) + (letter === code ? 0 : 1);
    least = Math.min(least, (before[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
    const isSwapped =
      row > 1 && column > 1 && code === word.charCodeAt(column - 2) && codes[row - 2] === letter;
    if (isSwapped) least = Math.min(least, (twoBefore[column - 2] ?? 0) + 1);
    if (least <= max) isWithin = true;
    current[column] = Math.min(least, max + 1);
  }
  current[row + max + 1] = max + 1;
  return isWithin;
}

function leastOf(row: Uint8Array, from: number, last: number, max: number): number {
  let least = max + 1;
  for (let column = from; column <= last; column += 1) least = Math.min(least, row[column] ?? least);
  return least;
}
