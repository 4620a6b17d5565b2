/** Valid samples made invalid, as bytes: cut, doubled, crossed with each other, and sown with what hurts parsers. */

import type { Random } from "@/tests/registry/fuzz-run/random";

export type Corpus = {
  /** Valid, or nearly. */
  samples: readonly [Uint8Array, ...Uint8Array[]];
  /** Pieces of the language, to be put anywhere. */
  words: readonly [string, ...string[]];
  /** No input is longer, in bytes. */
  maxBytes: number;
};

/** What is wrong in every language. */
const NUISANCES = [
  ...[
    "\u0000",
    "\uFEFF",
    "\u202E",
    "\u0130",
    "\u{1F600}",
    "\uFFFD",
    "\r\n",
    "\u2028",
    " ",
    "\t",
    "\\",
    '"',
    "'",
  ],
  ...[
    "-1",
    "0",
    "9007199254740993",
    "1e999",
    "1e-999",
    "NaN",
    "__proto__",
    "constructor",
    "null",
    "true",
    "[]",
    "{}",
  ],
  ...["%00", "%2e%2e%2f", "../", "//", "@", "${", "{{", "<!--", "]]>", "$(", "`", "*", "&a", "*a"],
];

type Change = (input: Uint8Array, corpus: Corpus, random: Random) => Uint8Array;

const CHANGES: readonly [Change, ...Change[]] = [
  flipBits,
  cutOut,
  cutOff,
  repeatPart,
  crossOver,
  insertWord,
  insertNuisance,
  replaceRun,
];

const CHANGES_MAX = 6;

/** One sample after a few changes. */
export function mutant(corpus: Corpus, random: Random): Uint8Array {
  let input = random.pick(corpus.samples);
  const changes = 1 + random.below(CHANGES_MAX);
  for (let count = 0; count < changes; count += 1) {
    input = random.pick(CHANGES)(input, corpus, random).subarray(0, corpus.maxBytes);
  }
  return input;
}

const WORDS_MAX = 40;

/** A text of the language's own words alone, in any order. */
export function wordSalad({ words, maxBytes }: Corpus, random: Random): Uint8Array {
  const length = random.below(WORDS_MAX);
  const chosen = Array.from({ length }, () =>
    random.below(8) === 0 ? random.pick(NUISANCES) : random.pick(words),
  );
  return Buffer.from(chosen.join("")).subarray(0, maxBytes);
}

function flipBits(input: Uint8Array, _corpus: Corpus, random: Random): Uint8Array {
  const flipped = Uint8Array.from(input);
  for (let count = 0; count <= random.below(4) && flipped.length > 0; count += 1) {
    const at = random.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
  }
  return flipped;
}

function cutOut(input: Uint8Array, _corpus: Corpus, random: Random): Uint8Array {
  const [start, end] = span(input, random);
  return Buffer.concat([input.subarray(0, start), input.subarray(end)]);
}

function cutOff(input: Uint8Array, _corpus: Corpus, random: Random): Uint8Array {
  return input.subarray(0, random.below(input.length + 1));
}

/** What takes a parser quadratic time is usually a repetition. */
function repeatPart(input: Uint8Array, { maxBytes }: Corpus, random: Random): Uint8Array {
  const [start, end] = span(input, random, 64);
  const part = input.subarray(start, end);
  const times = Math.min(2 ** random.below(13), Math.floor(maxBytes / Math.max(1, part.length)));
  return Buffer.concat([
    input.subarray(0, end),
    ...Array.from({ length: times }, () => part),
    input.subarray(end),
  ]);
}

function crossOver(input: Uint8Array, { samples }: Corpus, random: Random): Uint8Array {
  const other = random.pick(samples);
  const head = input.subarray(0, random.below(input.length + 1));
  return Buffer.concat([head, other.subarray(random.below(other.length + 1))]);
}

function insertWord(input: Uint8Array, { words }: Corpus, random: Random): Uint8Array {
  return insert(input, random.pick(words), random);
}

function insertNuisance(input: Uint8Array, _corpus: Corpus, random: Random): Uint8Array {
  return insert(input, random.pick(NUISANCES) ?? "", random);
}

/** A run of one character, of all lengths, in place of a part. */
function replaceRun(input: Uint8Array, { maxBytes, words }: Corpus, random: Random): Uint8Array {
  const [start, end] = span(input, random, 32);
  const unit = random.below(2) === 0 ? random.pick(words) : (random.pick(NUISANCES) ?? " ");
  const times = Math.min(2 ** random.below(13), Math.floor(maxBytes / Math.max(1, Buffer.byteLength(unit))));
  return Buffer.concat([input.subarray(0, start), Buffer.from(unit.repeat(times)), input.subarray(end)]);
}

function insert(input: Uint8Array, text: string, random: Random): Uint8Array {
  const at = random.below(input.length + 1);
  return Buffer.concat([input.subarray(0, at), Buffer.from(text), input.subarray(at)]);
}

function span(input: Uint8Array, random: Random, maxBytes = 512): [number, number] {
  const start = random.below(input.length + 1);
  return [start, Math.min(input.length, start + 1 + random.below(maxBytes))];
}
