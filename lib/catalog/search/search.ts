/** From a query to scores. The same query on the same extensions scores the same, however they are indexed. */

import { beginningWith, containing, exactly, type Meaning, similarTo } from "@/lib/catalog/search/lexicon";
import { addScores } from "@/lib/catalog/search/scores";
import { wordOf } from "@/lib/catalog/search/search-entry";
import { GONE, type SearchIndex } from "@/lib/catalog/search/search-index";
import type { SearchQuery } from "@/lib/catalog/search/search-query";
import type { SearchSegment } from "@/lib/catalog/search/search-segment";

/** By place; 0 where the query finds nothing. */
export type Scores = Uint32Array;

/** Hits in what was typed stand before all others. */
export const TYPED_SCORE = 1 << 20;

/** With fewer hits the insides of words are searched, too. */
const FEW_HITS = 3;
/** Whoever types more words than this has not merely mistyped one. */
const GUESSED_WORDS_MAX = 8;

type Word = SearchQuery["words"][number];
type Reading = (segment: SearchSegment, word: Word) => Iterable<Meaning>;

export function search<Item>(index: SearchIndex<Item>, query: SearchQuery): Scores {
  const scores = new Uint32Array(index.size);
  const words = query.words.toSorted((a, b) => b.text.length - a.text.length);
  if (words.length === 0) return scores;
  let hits = scoreBy(index, words, typed, scores, TYPED_SCORE);
  if (hits >= FEW_HITS || words.length > GUESSED_WORDS_MAX) return scores;
  hits += scoreBy(index, words, typedOrInside, scores, 0);
  if (hits > 0) return scores;
  const known = knownWords(index, words);
  hits = scoreBy(
    index,
    words,
    (segment, word) => (known.has(word) ? typedOrInside : meant)(segment, word),
    scores,
    0,
  );
  if (hits === 0 && known.size > 0) scoreBy(index, words, meant, scores, 0);
  return scores;
}

/** Fills in scores where there are none yet; returns how many. */
function scoreBy<Item>(
  { parts }: SearchIndex<Item>,
  words: readonly Word[],
  reading: Reading,
  scores: Scores,
  bonus: number,
): number {
  let hits = 0;
  for (const { segment, places } of parts) {
    const meanings = words.map((word) => reading(segment, word));
    hits += addScores(segment, places, meanings, scores, bonus);
  }
  return hits;
}

function typed(segment: SearchSegment, { text, asBeginning }: Word): Iterable<Meaning> {
  return asBeginning ? beginningWith(segment, text) : exactly(segment, text);
}

function* typedOrInside(segment: SearchSegment, word: Word): Generator<Meaning> {
  yield* typed(segment, word);
  yield* containing(segment, word.text);
}

function* meant(segment: SearchSegment, word: Word): Generator<Meaning> {
  yield* typedOrInside(segment, word);
  yield* similarTo(segment, word.text);
}

/** The words that stand somewhere as they were typed, so that others are likelier to be mistyped. */
function knownWords<Item>({ parts }: SearchIndex<Item>, words: readonly Word[]): Set<Word> {
  return new Set(
    words.filter((word) =>
      parts.some(({ segment, places }) => {
        for (const meaning of typedOrInside(segment, word))
          if (isAnyListed(segment, places, meaning)) return true;
        return false;
      }),
    ),
  );
}

function isAnyListed({ postings, starts }: SearchSegment, places: Int32Array, { word }: Meaning): boolean {
  return postings
    .subarray(starts[word], starts[word + 1])
    .some((posting) => places[wordOf(posting)] !== GONE);
}
