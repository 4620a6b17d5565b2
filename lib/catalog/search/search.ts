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
/** Above this number of words, a typing mistake does not explain an empty result. */
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

/** For one query, which reads its words several times over: all words there are get looked through once for each. */
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

/** The words that stand somewhere as they were typed, so that others are likelier to be mistyped. */
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
