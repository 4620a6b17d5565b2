/** Made-up extensions in any number, always the same ones: names and words as frequent and as different as people's. */

import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";

const CONSONANTS = "bcdfghjklmnprstvwz";
const VOWELS = "aeiou";
const CATEGORIES = ["ci-cd", "database", "kubernetes", "networking", "security", "testing-tools", "volumes"];
const COMMON = [
  "docker",
  "desktop",
  "extension",
  "container",
  "containers",
  "image",
  "images",
  "logs",
  "tool",
];
const VOCABULARY = 20_000;
const DESCRIPTION_WORDS = 14;

/** `index`: of the extension; its repository is `maker-…/tool-…-{index}`. */
export function madeExtension(index: number, versions: number): ExtensionRecord {
  const random = randomNumbers(index + 1);
  const word = () => wordAt(Math.floor(VOCABULARY ** random()));
  const repository = `docker.io/maker-${wordAt(Math.floor(random() * VOCABULARY))}/${word()}-${word()}-${index}`;
  const labels = {
    title: `${capital(word())} ${capital(word())}`,
    vendor: `${capital(word())} Inc.`,
    description: Array.from({ length: DESCRIPTION_WORDS }, word).join(" "),
    categories: CATEGORIES.filter(() => random() < 0.2),
    apiVersion: random() < 0.5 ? ">= 0.3.0" : ">= 0.4.2",
  };
  return extensionRecord(repository, {
    versions: Array.from({ length: versions }, (_none, minor) => {
      const changelog = `<ul><li>${Array.from({ length: 10 }, word).join(" ")}</li></ul>`;
      return versionRecord(`1.${minor}.0`, { report: { repository, labels: { ...labels, changelog } } });
    }),
  });
}

/** The smaller the number, the commoner the word. */
function wordAt(number: number): string {
  const common = COMMON[number - 1];
  if (common !== undefined) return common;
  const random = randomNumbers(number * 7919);
  const syllable = () =>
    pick(CONSONANTS, random) + pick(VOWELS, random) + (random() < 0.4 ? pick(CONSONANTS, random) : "");
  return Array.from({ length: 2 + Math.floor(random() * 2) }, syllable).join("");
}

function pick(letters: string, random: () => number): string {
  return letters.charAt(Math.floor(random() * letters.length));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** From 0 up to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
