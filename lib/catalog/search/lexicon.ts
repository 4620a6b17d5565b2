/** The words of a segment that a typed word can match, and how well each one matches. */

import { firstIndex } from "@/lib/catalog/search/binary-search";
import { lettersOf, type SearchSegment } from "@/lib/catalog/search/search-segment";
import { countMistakes } from "@/lib/catalog/search/typing-mistakes";

type Words = Pick<SearchSegment, "words">;

/** `word` is the index in the segment. Better matches have higher quality. */
export type Meaning = { word: number; quality: number };

const QUALITY = { whole: 4, beginning: 3, inside: 2, oneMistake: 2, moreMistakes: 1 } as const;

const INSIDE_LETTERS_MIN = 3;
/** The minimum lengths at which one or two typos still leave little doubt about the word. */
const ONE_MISTAKE_LETTERS_MIN = 4;
const TWO_MISTAKES_LETTERS_MIN = 8;

/** Words that equal or start with `typed`. */
export function* beginningWith({ words }: Words, typed: string): Generator<Meaning> {
  for (let index = firstFrom(words, typed); index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (!word.startsWith(typed)) return;
    yield { word: index, quality: word.length === typed.length ? QUALITY.whole : QUALITY.beginning };
  }
}

export function exactly({ words }: Words, typed: string): Meaning[] {
  const index = firstFrom(words, typed);
  return words[index] === typed ? [{ word: index, quality: QUALITY.whole }] : [];
}

/** Words that contain `typed`. */
export function containing({ words, letters }: SearchSegment, typed: string): Meaning[] {
  const found: Meaning[] = [];
  if (typed.length < INSIDE_LETTERS_MIN) return found;
  const mine = lettersOf(typed);
  const [once] = mine;
  for (let index = 0; index < words.length; index += 1) {
    if ((once & ~(letters[index] ?? 0)) !== 0 || !isInReach(mine, letters, index, 0)) continue;
    if (words[index]?.includes(typed, 1)) found.push({ word: index, quality: QUALITY.inside });
  }
  return found;
}

/** Fuzzy matching: words that are a few typos away from `typed`, or whose beginning is. */
export function similarTo(segment: SearchSegment, typed: string): Meaning[] {
  const max = mistakesAllowed(typed);
  if (max === 0) return [];
  const mine = lettersOf(typed);
  const mistakesIn = countMistakes(typed, max);
  const found: Meaning[] = [];
  const { words, letters } = segment;
  const [once] = mine;
  for (let index = 0; index < words.length; index += 1) {
    // Inlined for speed: this check rules out most words.
    let missing = once & ~(letters[index] ?? 0);
    for (let mistake = 0; mistake < max; mistake += 1) missing &= missing - 1;
    if (missing !== 0 || !isInReach(mine, letters, index, max)) continue;
    const word = words[index] ?? "";
    if (word.length + max < typed.length) continue;
    const mistakes = mistakesIn(word);
    if (mistakes > max) continue;
    found.push({ word: index, quality: mistakes <= 1 ? QUALITY.oneMistake : QUALITY.moreMistakes });
  }
  return found;
}

function mistakesAllowed({ length }: string): number {
  if (length < ONE_MISTAKE_LETTERS_MIN) return 0;
  return length < TWO_MISTAKES_LETTERS_MIN ? 1 : 2;
}

/** The first index whose word sorts at or after `typed`. */
function firstFrom(words: readonly string[], typed: string): number {
  return firstIndex(words.length, (index) => (words[index] ?? "") >= typed);
}

/**
 * Cheap lower bound: whether the word at `index` can be within `max` typos of the typed word (with 0: contain it). Each
 * letter that it lacks costs one typo.
 */
function isInReach(
  [once, twice, thrice]: ReturnType<typeof lettersOf>,
  letters: Uint32Array,
  index: number,
  max: number,
): boolean {
  const words = letters.length / 3;
  const missing =
    bitCount(once & ~(letters[index] ?? 0)) +
    bitCount(twice & ~(letters[words + index] ?? 0)) +
    bitCount(thrice & ~(letters[2 * words + index] ?? 0));
  return missing <= max;
}

function bitCount(bits: number): number {
  let rest = bits;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}
