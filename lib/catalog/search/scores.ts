import type { Meaning } from "@/lib/catalog/search/lexicon";
import { fieldsOf, PUBLISHER_FIELD, TITLE_FIELD, wordOf } from "@/lib/catalog/search/search-entry";
import { GONE } from "@/lib/catalog/search/search-index";
import type { SearchSegment } from "@/lib/catalog/search/search-segment";

/** Bonus for a title that the query names completely, so that it ranks before longer titles with the same words. */
const WHOLE_TITLE_SCORE = 128;
/** Bonus for a publisher named by several words of the query, so that it ranks before scattered matches. */
const PUBLISHER_SCORE = 256;

/**
 * Scores the extensions of a segment that match every word. Each word counts with its best match by fields and quality.
 * Writes only to positions without a score; returns how many it wrote.
 */
export function addScores(
  segment: SearchSegment,
  places: Int32Array,
  meanings: readonly Iterable<Meaning>[],
  scores: Uint32Array,
  bonus: number,
): number {
  const sum = new Uint32Array(segment.size);
  const titleHits = new Uint8Array(segment.size);
  const publisherHits = new Uint8Array(segment.size);
  /** Number of words matched so far; an extension that misses one is out. */
  const found = new Uint8Array(segment.size);
  for (const [index, ofWord] of meanings.entries()) {
    if (!addWord(segment, ofWord, index, { sum, titleHits, publisherHits, found })) return 0;
  }
  let hits = 0;
  for (let at = 0; at < segment.size; at += 1) {
    if (found[at] !== meanings.length) continue;
    const place = places[at] ?? GONE;
    if (place === GONE || scores[place] !== 0) continue;
    const isWholeTitle = (titleHits[at] ?? 0) >= (segment.titleWords[at] ?? 0) && titleHits[at] !== 0;
    const isPublisher = meanings.length > 1 && publisherHits[at] === meanings.length;
    const whole = (isWholeTitle ? WHOLE_TITLE_SCORE : 0) + (isPublisher ? PUBLISHER_SCORE : 0);
    scores[place] = bonus + (sum[at] ?? 0) + whole;
    hits += 1;
  }
  return hits;
}

type Progress = {
  sum: Uint32Array;
  titleHits: Uint8Array;
  publisherHits: Uint8Array;
  found: Uint8Array;
};

/** False when no extension is left. */
function addWord(
  { postings, starts, size }: SearchSegment,
  meanings: Iterable<Meaning>,
  index: number,
  { sum, titleHits, publisherHits, found }: Progress,
): boolean {
  const best = new Uint16Array(size);
  /** The fields in which this word was already matched. */
  const met = new Uint8Array(size);
  let isAnyLeft = false;
  for (const { word, quality } of meanings) {
    const end = starts[word + 1] ?? 0;
    for (let at = starts[word] ?? 0; at < end; at += 1) {
      const posting = postings[at] ?? 0;
      const extension = wordOf(posting);
      if (found[extension] !== index && found[extension] !== index + 1) continue;
      const fields = fieldsOf(posting);
      const score = fields * quality;
      if (found[extension] === index) {
        found[extension] = index + 1;
        isAnyLeft = true;
      }
      const fresh = fields & ~(met[extension] ?? 0);
      if ((fresh & (TITLE_FIELD | PUBLISHER_FIELD)) !== 0) {
        met[extension] = (met[extension] ?? 0) | fresh;
        if ((fresh & TITLE_FIELD) !== 0) titleHits[extension] = (titleHits[extension] ?? 0) + 1;
        if ((fresh & PUBLISHER_FIELD) !== 0) publisherHits[extension] = (publisherHits[extension] ?? 0) + 1;
      }
      const before = best[extension] ?? 0;
      if (score <= before) continue;
      best[extension] = score;
      sum[extension] = (sum[extension] ?? 0) + score - before;
    }
  }
  return isAnyLeft;
}
