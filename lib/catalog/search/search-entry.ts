/** The searchable words of one extension, with the fields in which each occurs. */

import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import type { Interner } from "@/lib/catalog/search/interner";
import { spellingsOf, wordsOf } from "@/lib/catalog/search/words";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";

export type SearchEntry = {
  /** As `packed`: the word's number and its fields. */
  words: Uint32Array;
  /** Number of distinct words in the title. */
  titleWords: number;
};

export const FIELD_BITS = 6;

/** One bit per field. As a number, a field outweighs all lower fields together. */
const FIELDS = { description: 1, categories: 2, publisher: 4, spelling: 8, name: 16, title: 32 } as const;
export const TITLE_FIELD = FIELDS.title;
export const PUBLISHER_FIELD = FIELDS.publisher;

const TITLE_WORDS_MAX = 255;
/** The maximum number of distinct words that are indexed: publishers do not limit a description's length. */
const WORDS_MAX = 400;

export function packed(word: number, fields: number): number {
  return ((word << FIELD_BITS) | fields) >>> 0;
}

export function wordOf(entry: number): number {
  return entry >>> FIELD_BITS;
}

export function fieldsOf(entry: number): number {
  return entry & ((1 << FIELD_BITS) - 1);
}

export function searchEntryOf(summary: ExtensionSummary, vocabulary: Interner): SearchEntry {
  const found = wordFields(summary);
  const titleWords = new Set(wordsOf(summary.title ?? "")).size;
  return {
    words: Uint32Array.from(found, ([word, fields]) => packed(vocabulary.number(word), fields)),
    titleWords: Math.min(titleWords, TITLE_WORDS_MAX),
  };
}

/** The extension's words with the fields in which they occur. */
export function wordFields(summary: ExtensionSummary): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (words: readonly string[], field: number) => {
    for (const word of words) {
      const before = found.get(word);
      if (before === undefined && found.size >= WORDS_MAX) return;
      found.set(word, (before ?? 0) | field);
    }
  };
  const { title, repository, vendor, categories, description } = summary;
  const slash = repository.lastIndexOf("/");
  for (const [text, field] of [
    [title ?? "", FIELDS.title],
    [repository.slice(slash + 1), FIELDS.name],
  ] as const) {
    const { words, others } = spellingsOf(text);
    add(words, field);
    add(others, FIELDS.spelling);
  }
  add(wordsOf(`${repository.slice(0, slash)} ${vendor ?? ""}`), FIELDS.publisher);
  add(categories.flatMap(wordsOfCategory), FIELDS.categories);
  add(wordsOf(description ?? ""), FIELDS.description);
  return found;
}

function wordsOfCategory(category: string): string[] {
  return wordsOf(isCategory(category) ? `${category} ${CATEGORIES[category]}` : category);
}
