/** Tokenizes text for the index: folded runs of letters and digits; CJK text as character bigrams. */

import { foldText } from "@/lib/catalog/search/fold-text";

const RUN = /[\p{L}\p{N}]+/gu;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const LATIN_RUN = /[a-z0-9]+/g;
const PLAIN = /^[ -~]*$/;
const WORD_CHARACTERS_MAX = 48;
const JOINED_WORDS_MAX = 4;

/** In text order, with duplicates. Long words are truncated. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  if (PLAIN.test(folded)) return (folded.match(LATIN_RUN) ?? []).map(cut);
  return (folded.match(RUN) ?? []).flatMap(wordsOfRun);
}

/**
 * The words of a name and its other spellings: `RedisInsight` also as `redis` and `insight`, and `Disk Lens` also as
 * `disklens`.
 */
export function spellingsOf(name: string): { words: string[]; others: string[] } {
  const words = wordsOf(name);
  const apart = wordsOf(name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")).filter((word) => !words.includes(word));
  const joined = words.slice(1).map((word, index) => cut(`${words[index]}${word}`));
  const whole = words.length > 2 && words.length <= JOINED_WORDS_MAX ? [cut(words.join(""))] : [];
  return { words, others: [...apart, ...joined, ...whole] };
}

function wordsOfRun(run: string): string[] {
  const words: string[] = [];
  let from = 0;
  for (const found of run.matchAll(CJK)) {
    if (found.index > from) words.push(cut(run.slice(from, found.index)));
    words.push(...pairsOf([...found[0]]));
    from = found.index + found[0].length;
  }
  if (from < run.length) words.push(cut(run.slice(from)));
  return words;
}

/** The last character is also a separate word, so that every character starts a word. */
function pairsOf(characters: readonly string[]): string[] {
  return characters.map((character, index) => `${character}${characters[index + 1] ?? ""}`);
}

function cut(word: string): string {
  return word.length > WORD_CHARACTERS_MAX ? word.slice(0, WORD_CHARACTERS_MAX) : word;
}
