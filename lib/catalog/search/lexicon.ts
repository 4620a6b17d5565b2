/** Which words of a segment a typed word may mean, and how well each one fits. */

import { lettersOf, type SearchSegment } from "@/lib/catalog/search/search-segment";
import { countMistakes } from "@/lib/catalog/search/typing-mistakes";

type Words = Pick<SearchSegment, "words">;

/** `word`: its index in the segment. A better fit has the higher quality. */
export type Meaning = { word: number; quality: number };

const QUALITY = { whole: 4, beginning: 3, inside: 2, oneMistake: 2, moreMistakes: 1 } as const;

const INSIDE_LETTERS_MIN = 3;
/** With so many letters one mistake, or two, still leave little doubt about the word. */
const ONE_MISTAKE_LETTERS_MIN = 4;
const TWO_MISTAKES_LETTERS_MIN = 8;

/** The words that are `typed`, or begin with it. */
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

/** The words that have `typed` inside. */
export function containing({ text, textStarts }: SearchSegment, typed: string): Meaning[] {
  const found: Meaning[] = [];
  if (typed.length < INSIDE_LETTERS_MIN) return found;
  for (let at = text.indexOf(typed); at !== -1; at = text.indexOf(typed, at + 1)) {
    const word = firstAfter(textStarts, at) - 1;
    if (textStarts[word] !== at && found.at(-1)?.word !== word) found.push({ word, quality: QUALITY.inside });
  }
  return found;
}

/** The words that become `typed` by a few typing mistakes, also in their beginning. */
export function similarTo(segment: SearchSegment, typed: string): Meaning[] {
  const max = mistakesAllowed(typed);
  if (max === 0) return [];
  const mine = lettersOf(typed);
  const mistakesIn = countMistakes(typed, max);
  const found: Meaning[] = [];
  for (let index = 0; index < segment.words.length; index += 1) {
    if (lettersMissing(mine, segment.letters, index) > max) continue;
    const word = segment.words[index] ?? "";
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

/** The first index whose word is not before `typed`. */
function firstFrom(words: readonly string[], typed: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] ?? "") < typed) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose value is greater. */
function firstAfter(values: Uint32Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many letters of the typed word the word at `index` lacks at least; each takes a mistake. */
function lettersMissing(
  [once, twice, thrice]: readonly [number, number, number],
  letters: Uint32Array,
  index: number,
): number {
  const at = index * 3;
  return (
    bitCount(once & ~(letters[at] ?? 0)) +
    bitCount(twice & ~(letters[at + 1] ?? 0)) +
    bitCount(thrice & ~(letters[at + 2] ?? 0))
  );
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
