/**
 * Characters that are invisible or reorder text: controls, format and bidirectional characters, lone surrogates,
 * separators, spaces other than U+0020, fillers, and U+2800. Tabs, line breaks, and the joiners and variation
 * selectors inside emoji are ordinary text. Sources: Unicode UAX #44, UTS #51, and "Trojan Source" (CVE-2021-42574).
 */
const HIDDEN =
  /(?![\t\n ]|\r(?:\n|$)|(?<=\p{Extended_Pictographic})\ufe0f|\ufe0f(?=\u20e3)|(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

const HIDDEN_RUN = new RegExp(`(?:${HIDDEN.source})+`, "gu");

/** Text without visible glyphs: the above, and combining marks without a base. */
const INKLESS = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Regular-expression class of characters that no name of ours has: controls, formats, line separators, surrogates. */
export const UNPRINTABLE = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;

export type TextRun = { hidden: boolean; text: string };

/** Splits `text` into pieces, with hidden ones escaped as `\u{202e}`. Joined, they are the readable text. */
export function textRuns(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let end = 0;
  for (const { 0: hidden, index } of text.matchAll(HIDDEN_RUN)) {
    if (index > end) runs.push({ hidden: false, text: text.slice(end, index) });
    runs.push({ hidden: true, text: spelledOut(hidden) });
    end = index + hidden.length;
  }
  if (end < text.length) runs.push({ hidden: false, text: text.slice(end) });
  return runs;
}

/** Whether a text shows nothing: empty, or only spaces, fillers and invisible characters. */
export function isBlank(text: string): boolean {
  return text.replaceAll(INKLESS, "") === "";
}

/** Escapes each character as `\u{…}`. */
export function spelledOut(characters: string): string {
  return Array.from(characters, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`).join("");
}
