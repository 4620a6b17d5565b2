/** Rule for text that PostgreSQL can store: no U+0000, no unpaired surrogate. Untrusted input can contain both. */

export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** Replaces each character that cannot be stored with U+FFFD. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}

/** An escaped backslash, U+0000, or an unpaired surrogate, as `JSON.stringify` writes them. */
const ESCAPES = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/**
 * Makes plain JSON storable as `jsonb`: replaces such characters in texts and keys with U+FFFD. The type stays the
 * same, because only characters change.
 */
export function storableJson<Part extends object>(part: Part): Part {
  const text = JSON.stringify(part).replace(ESCAPES, (found) => (found === "\\\\" ? found : "\\ufffd"));
  return JSON.parse(text);
}
