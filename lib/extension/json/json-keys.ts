/** Longer keys cannot equal any known name, in any spelling. */
const MAX_KEY_CHARACTERS = 64;

/**
 * Folds a key as Go's `encoding/json` does to match struct fields: case-insensitively, with `ſ` as `s` and the Kelvin
 * sign as `k`. Also folds compatibility forms, unlike Go; the known names have none.
 */
export function foldKey(key: string): string {
  return key.length > MAX_KEY_CHARACTERS ? key : key.normalize("NFKC").toLowerCase();
}

/** The name in `known` (ASCII) that Go matches with `key` despite a different spelling. */
export function otherSpellingOf(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return undefined;
  const folded = foldKey(key);
  return known.find((name) => name.length === folded.length && name.toLowerCase() === folded);
}
