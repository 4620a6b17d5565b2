import { CONFUSABLES } from "@/lib/extension/vendors/confusables";

const MAX_CHARACTERS = 200;

/**
 * The visual skeleton of a name: names with the same skeleton are easily confused. Follows UTS 39 section 4 (NFD,
 * confusables, NFD), but ignores case, accents, spaces and punctuation, and folds pairs that look like one letter
 * (`rn`, `vv`, `cl`, digits).
 */
export function skeleton(name: string): string {
  return letters(name)
    .replaceAll(/[il1!]/g, "l")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("0", "o")
    .replaceAll("5", "s")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

/**
 * The name in the Latin letters that it resembles, lowercase, without accents and hidden characters. Keeps word
 * boundaries.
 */
export function letters(name: string): string {
  const plain = name
    .slice(0, MAX_CHARACTERS)
    .normalize("NFKD")
    .replaceAll(/[\p{M}\p{Cf}\p{Cc}]/gu, "");
  return [...plain]
    .map(
      (character) =>
        CONFUSABLES.get(character) ?? CONFUSABLES.get(character.toLowerCase()) ?? character.toLowerCase(),
    )
    .join("")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .slice(0, MAX_CHARACTERS);
}

/** The scripts of the letters in a name, without common characters. */
export function scriptsIn(name: string): string[] {
  return SCRIPTS.filter((script) => new RegExp(`\\p{Script=${script}}`, "u").test(name));
}

const SCRIPTS = [
  "Latin",
  "Cyrillic",
  "Greek",
  "Armenian",
  "Cherokee",
  "Hebrew",
  "Arabic",
  "Georgian",
  "Coptic",
  "Lisu",
];
