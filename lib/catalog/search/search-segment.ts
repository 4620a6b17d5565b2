/** An immutable inverted index of some extensions: from each word to its occurrences. */

import type { Interner } from "@/lib/catalog/search/interner";
import { FIELD_BITS, fieldsOf, type SearchEntry, wordOf } from "@/lib/catalog/search/search-entry";

export type SearchSegment = {
  /** Number of extensions. */
  size: number;
  /** Sorted by UTF-16 code units. */
  words: readonly string[];
  /** As by `lettersOf`: the letters that each word has at least once, then those for twice, then for three times. */
  letters: Uint32Array;
  /** Start of each word's postings, followed by the end of the last. */
  starts: Uint32Array;
  /** As by `packed`: the extension's position in this segment, and the word's fields. */
  postings: Uint32Array;
  titleWords: Uint8Array;
};

export function buildSegment(entries: readonly SearchEntry[], vocabulary: Interner): SearchSegment {
  const counts = countWords(entries, vocabulary.texts.length);
  const used = sortedWords(counts, vocabulary);
  const starts = new Uint32Array(used.length + 1);
  const next = new Uint32Array(vocabulary.texts.length);
  for (const [index, { number }] of used.entries()) {
    next[number] = starts[index] ?? 0;
    starts[index + 1] = (starts[index] ?? 0) + (counts[number] ?? 0);
  }
  const words = used.map(({ text }) => text);
  return {
    size: entries.length,
    words,
    letters: lettersOfAll(words),
    starts,
    postings: postingsOf(entries, next, starts.at(-1) ?? 0),
    titleWords: Uint8Array.from(entries, ({ titleWords }) => titleWords),
  };
}

/**
 * Bit sets of the letters that occur at least once, twice and three times. They give a lower bound for the edit
 * distance of two words without reading them. Digits and other characters share a few bits.
 */
export function lettersOf(word: string): [number, number, number] {
  let [once, twice, thrice] = [0, 0, 0];
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index);
    const isLetter = code >= 97 && code <= 122;
    const bit = 1 << (isLetter ? code - 97 : 26 + (code % 6));
    thrice |= twice & bit;
    twice |= once & bit;
    once |= bit;
  }
  return [once >>> 0, twice >>> 0, thrice >>> 0];
}

function lettersOfAll(words: readonly string[]): Uint32Array {
  const letters = new Uint32Array(words.length * 3);
  for (let index = 0; index < words.length; index += 1) {
    const [once, twice, thrice] = lettersOf(words[index] ?? "");
    letters[index] = once;
    letters[words.length + index] = twice;
    letters[2 * words.length + index] = thrice;
  }
  return letters;
}

function countWords(entries: readonly SearchEntry[], size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const { words } of entries) {
    for (const entry of words) {
      const word = wordOf(entry);
      counts[word] = (counts[word] ?? 0) + 1;
    }
  }
  return counts;
}

function sortedWords(counts: Uint32Array, { texts }: Interner): { text: string; number: number }[] {
  const used: { text: string; number: number }[] = [];
  for (const [number, text] of texts.entries()) {
    if ((counts[number] ?? 0) > 0) used.push({ text, number });
  }
  return used.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** `next` holds, by word number, the index of its next posting. */
function postingsOf(entries: readonly SearchEntry[], next: Uint32Array, total: number): Uint32Array {
  const postings = new Uint32Array(total);
  for (const [place, { words }] of entries.entries()) {
    for (const entry of words) {
      const word = wordOf(entry);
      const at = next[word] ?? 0;
      postings[at] = ((place << FIELD_BITS) | fieldsOf(entry)) >>> 0;
      next[word] = at + 1;
    }
  }
  return postings;
}
