/** Longer keys are none of the names that are compared here, however they are written. */
const MAX_KEY_CHARACTERS = 64;

/**
 * A key as Go's `encoding/json` compares it with the names of a struct's fields: without case, `ſ` being an `s` and the
 * Kelvin sign a `k`. Compatibility forms are folded too, which Go does not do; the known names have none.
 */
export function foldKey(key: string): string {
  return key.length > MAX_KEY_CHARACTERS ? key : key.normalize("NFKC").toLowerCase();
}

/** The one of `known`, which are ASCII, that Go takes `key` for although it is spelled differently. */
export function otherSpellingOf(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return undefined;
  const folded = foldKey(key);
  return known.find((name) => name.length === folded.length && name.toLowerCase() === folded);
}
