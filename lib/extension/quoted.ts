/** Longest piece of foreign text that is repeated inside a message, in characters. */
const MAX_QUOTED_CHARACTERS = 80;

/** Control characters, line and paragraph separators, and everything that reorders or hides text (Unicode Cc, Cf, Zl, Zp). */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Foreign text made safe to repeat in a message: in quotation marks, shortened, with characters that cannot be
 * seen written as `\u{…}`. It is still untrusted text: whoever renders it escapes it for the medium.
 */
export function quoted(text: string): string {
  return `“${visible(text, MAX_QUOTED_CHARACTERS)}”`;
}

/** `text` with unprintable characters spelled out, at most `maxCharacters` of the original. */
export function visible(text: string, maxCharacters: number): string {
  const shortened = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
  return shortened.replace(
    UNPRINTABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
