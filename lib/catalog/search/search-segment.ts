/** An inverted index of some extensions that never changes: from each word to where it stands. */

import type { Interner } from "@/lib/catalog/search/interner";
import { FIELD_BITS, fieldsOf, type SearchEntry, wordOf } from "@/lib/catalog/search/search-entry";

export type SearchSegment = {
  /** How many extensions. */
  size: number;
  /** By code units. */
  words: readonly string[];
  /** By `lettersOf`: of each word which it has once, behind them which twice, behind those which thrice. */
  letters: Uint32Array;
  /** Where the postings of each word begin, and at last where all of them end. */
  starts: Uint32Array;
  /** By `packed`: the extension's place in this segment, and the word's fields there. */
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
 * Which letters a word has at least once, twice and three times, as bits: how far two words are apart at least can be
 * told without reading them. Digits and all other characters share a few bits.
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

/** `next`: by word number, where its next posting goes. */
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
