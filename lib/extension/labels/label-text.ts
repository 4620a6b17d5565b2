/**
 * Characters that hide or reorder text or cannot be stored: controls, format characters, line and paragraph
 * separators, lone surrogates. Excludes tab, line breaks, and the joiners and number signs that scripts and emoji
 * need.
 */
const HIDDEN = /(?!\t|\n|\r|\u200c|\u200d|[\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** An unresolved build argument: `${VERSION}`. */
const BUILD_ARGUMENT = /\$\{[A-Za-z_][A-Za-z0-9_]{0,99}(?::[-+?][^}]{0,99})?\}/;

/** The text on one line: hidden characters removed, white space collapsed, trimmed. */
export function oneLine(text: string): string {
  return text.replaceAll(HIDDEN, "").replaceAll(/\s+/g, " ").trim();
}

/** The text with its line breaks, hidden characters removed, trimmed. */
export function manyLines(text: string): string {
  return text.replaceAll(HIDDEN, "").trim();
}

/** Whether `oneLine` and `manyLines` would remove more than white space. */
export function hasHiddenCharacters(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

/** The first unresolved build argument in the text, or undefined. */
export function buildArgumentIn(text: string): string | undefined {
  return BUILD_ARGUMENT.exec(text)?.[0];
}
