/** Scores the results of a query. Scores depend on the extensions only, not on how they are split into segments. */

import { beginningWith, containing, exactly, type Meaning, similarTo } from "@/lib/catalog/search/lexicon";
import { addScores } from "@/lib/catalog/search/scores";
import { wordOf } from "@/lib/catalog/search/search-entry";
import { GONE, type SearchIndex } from "@/lib/catalog/search/search-index";
import type { SearchQuery } from "@/lib/catalog/search/search-query";
import type { SearchSegment } from "@/lib/catalog/search/search-segment";

/** By position; 0 for no match. */
export type Scores = Uint32Array;

/** Bonus that ranks matches of the query as typed before all others. */
export const TYPED_SCORE = 1 << 20;

/** Below this number of matches, the insides of words are searched as well. */
const FEW_HITS = 3;
/** With more words than this, a typo is not a likely explanation for an empty result. */
const GUESSED_WORDS_MAX = 8;

type Word = SearchQuery["words"][number];
type Reading = (segment: SearchSegment, word: Word) => Iterable<Meaning>;
type Readings = { typedOrInside: Reading; meant: Reading };

export function search<Item>(index: SearchIndex<Item>, query: SearchQuery): Scores {
  const scores = new Uint32Array(index.size);
  const words = query.words.toSorted((a, b) => b.text.length - a.text.length);
  if (words.length === 0) return scores;
  let hits = scoreBy(index, words, typed, scores, TYPED_SCORE);
  if (hits >= FEW_HITS || words.length > GUESSED_WORDS_MAX) return scores;
  const { typedOrInside, meant } = readings();
  hits += scoreBy(index, words, typedOrInside, scores, 0);
  if (hits > 0) return scores;
  const known = knownWords(index, words, typedOrInside);
  const meantIfUnknown: Reading = (segment, word) => (known.has(word) ? typedOrInside : meant)(segment, word);
  if (known.size < words.length) hits = scoreBy(index, words, meantIfUnknown, scores, 0);
  if (hits === 0 && known.size > 0) scoreBy(index, words, meant, scores, 0);
  return scores;
}

/** Fills in missing scores; returns how many. */
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

/** Memoized per query, because each lookup scans all words and the query reads its words several times. */
function readings(): Readings {
  const inside = readOnce(containing);
  const similar = readOnce(similarTo);
  function* typedOrInside(segment: SearchSegment, word: Word): Generator<Meaning> {
    yield* typed(segment, word);
    yield* inside(segment, word.text);
  }
  function* meant(segment: SearchSegment, word: Word): Generator<Meaning> {
    yield* typedOrInside(segment, word);
    yield* similar(segment, word.text);
  }
  return { typedOrInside, meant };
}

type Lookup = (segment: SearchSegment, typed: string) => readonly Meaning[];

function readOnce(look: Lookup): Lookup {
  const known = new Map<SearchSegment, Map<string, readonly Meaning[]>>();
  return (segment, text) => {
    const ofSegment = known.get(segment) ?? new Map<string, readonly Meaning[]>();
    known.set(segment, ofSegment);
    const found = ofSegment.get(text) ?? look(segment, text);
    ofSegment.set(text, found);
    return found;
  };
}

/** Words that occur as typed, so that the others are more likely to be misspelled. */
function knownWords<Item>({ parts }: SearchIndex<Item>, words: readonly Word[], reading: Reading): Set<Word> {
  return new Set(
    words.filter((word) =>
      parts.some(({ segment, places }) => {
        for (const meaning of reading(segment, word)) if (isAnyListed(segment, places, meaning)) return true;
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
