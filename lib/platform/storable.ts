/** The rule for text that PostgreSQL can store: no U+0000, no unpaired surrogate. Strangers can send both. */

export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** `text` with U+FFFD for each character that cannot be stored. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}

/** An escaped backslash, U+0000, or an unpaired surrogate, as `JSON.stringify` writes them. */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * Plain JSON as `jsonb` can store it, with U+FFFD inside texts and keys. It keeps the type of the input, because only
 * characters change.
 */
export function storableJson<Part extends object>(part: Part): Part {
  const text = JSON.stringify(part).replace(ESCAPES, (found) => (found === "\\\\" ? found : "\\ufffd"));
  return JSON.parse(text);
}
