import { expect, test } from "vitest";
import { countMistakes } from "@/lib/catalog/search/typing-mistakes";
import fc from "@/tests/builders/fast-check";

/** By the book: the whole matrix of insertions, deletions, replacements and swaps of neighbors. */
function fewest(typed: string, word: string): number {
  const rows = Array.from({ length: typed.length + 1 }, (_none, row) =>
    Array.from({ length: word.length + 1 }, (_cell, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= typed.length; row += 1) {
    for (let column = 1; column <= word.length; column += 1) {
      const isSame = typed[row - 1] === word[column - 1];
      const isSwapped =
        row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      rows[row]?.splice(
        column,
        1,
        Math.min(
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return Math.min(...(rows[typed.length] ?? []));
}

const text = (maxLength: number) => fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength });

test("mistakes to a word or its beginning are counted as by the book, one word after the other", () => {
  fc.assert(
    fc.property(text(9), fc.array(text(12), { maxLength: 6 }), fc.constantFrom(1, 2), (typed, words, max) => {
      const count = countMistakes(typed, max);
      for (const word of [...words, typed, `${typed}abc`, typed.slice(1)])
        expect(count(word), `${typed} for ${word}`).toBe(Math.min(max + 1, fewest(typed, word)));
    }),
    { numRuns: 500 },
  );
});
