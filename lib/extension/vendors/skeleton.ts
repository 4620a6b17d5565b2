import { CONFUSABLES } from "@/lib/extension/vendors/confusables";

const MAX_CHARACTERS = 200;

/**
 * What a name looks like at a glance: two names with one skeleton are mistaken for each other. After UTS 39 section 4
 * (NFD, confusables, NFD), but without regard to case, accents, spaces and punctuation, and with the pairs that
 * pass for one letter in print (`rn`, `vv`, `cl`, digits).
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

/** The name in Latin letters where it looks like them, small, without accents and hidden characters. Words stay apart. */
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

/** Scripts of the letters in a name, besides those that every script uses. */
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
