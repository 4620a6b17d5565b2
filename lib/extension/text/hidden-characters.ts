/**
 * Characters that show nothing, reorder text, or pile up over the lines around them. What scripts and emoji need is
 * ordinary text: see `docs/decisions/031-publisher-text-is-shown-visibly.md`. Sources: Unicode UAX #44, UTS #51,
 * UAX #31 ("Joining Controls"), and "Trojan Source" (CVE-2021-42574).
 */

/** Controls, formats, lone surrogates, line separators, fillers, and what renderers ignore by default. */
const SUSPICIOUS = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800`;

/** Scripts whose letters change their form at a joiner or non-joiner. */
const JOINING = `[${[
  ...["Arabic", "Syriac", "Mandaic", "Mongolian", "Nko", "Phags_Pa", "Devanagari", "Bengali", "Gurmukhi"],
  ...[
    "Gujarati",
    "Oriya",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Sinhala",
    "Khmer",
    "Myanmar",
    "Tibetan",
  ],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join("")}]`;

/** Signs that end a consonant. A joiner after them is part of the spelling, also at the end of a word. */
const VIRAMA = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2]`;

const PICTURE = String.raw`\p{Extended_Pictographic}`;
const TAG = String.raw`[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]`;

/** Suspicious characters that have a meaning where they are. Each alternative matches one character. */
const MEANINGFUL = [
  String.raw`\t|\n|\r(?=\n|$)`,
  // Emoji of several pictures, in text or picture style, keycaps, and flags of regions.
  String.raw`(?<=${PICTURE}\ufe0f?|\p{Emoji_Modifier})\u200d(?=${PICTURE})`,
  String.raw`(?<=${PICTURE})[\ufe0e\ufe0f]|\ufe0f(?=\u20e3)`,
  String.raw`(?<=\u{1f3f4}${TAG}{0,6})${TAG}(?=${TAG}{0,6}\u{e007f})|(?<=\u{1f3f4}${TAG}{3,6})\u{e007f}`,
  // Words of joining scripts, variants of ideographs and of Mongolian letters, and visible number signs.
  String.raw`(?<=${JOINING}\p{M}?)[\u200c\u200d](?=${JOINING})|(?<=${VIRAMA})[\u200c\u200d]`,
  String.raw`(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]|(?<=\p{Script=Mongolian})[\u180b-\u180f]`,
  String.raw`[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]`,
].join("|");

/** Marks of no script in particular: a letter has at most two in Vietnamese, and three or four in phonetics. */
const ACCENT = String.raw`[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]`;
/** Beyond four accents, or eight marks of any kind, which is more than Hebrew, Myanmar and Tibetan stack. */
const PILED = String.raw`${ACCENT}(?<=${ACCENT}{5})|\p{M}(?<=\p{M}{9})`;

/** The class comes first, because it is cheaper than the exceptions. */
const HIDDEN = String.raw`(?=[${SUSPICIOUS}])(?!${MEANINGFUL})[\s\S]`;

/** In code and comparisons also spaces that look like U+0020. */
const HIDDEN_RUN = new RegExp(String.raw`(?:${HIDDEN}|${PILED}|(?! )\p{Zs})+`, "gu");

/** Marks without glyph that order punctuation beside right-to-left words; elsewhere they are hidden. */
const RIGHT_TO_LEFT = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]`;
const ORDERING = String.raw`(?<=${RIGHT_TO_LEFT}[^\n]{0,9})[\u200e\u200f\u061c]|[\u200e\u200f\u061c](?=[^\n]{0,9}${RIGHT_TO_LEFT})`;

const REMOVED = new RegExp(String.raw`(?=[${SUSPICIOUS}])(?!\r|${ORDERING}|${MEANINGFUL})[\s\S]`, "gu");
const REMOVED_MARKS = new RegExp(PILED, "gu");
/** Marks without a letter climb onto what is before the text. */
const BASELESS = /^(\s*)\p{M}+/u;

/** Letters that look like a space. */
const FILLER = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/** Text without visible glyphs: the above, and combining marks without a base. */
const INKLESS = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Regular-expression class of characters that no name of ours has: controls, formats, line separators, surrogates. */
export const UNPRINTABLE = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`;

export type TextRun = { hidden: boolean; text: string };

/** Splits `text` into pieces, with hidden ones escaped as `‹U+202E›`. Joined, they are the readable text. */
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

/** The text without hidden characters. White space stays, and fillers become spaces. */
export function withoutHidden(text: string): string {
  const plain = text.replaceAll(FILLER, " ").replaceAll(REMOVED, "");
  // Only now: hidden characters could divide a pile of marks.
  return plain.replaceAll(REMOVED_MARKS, "").replace(BASELESS, "$1");
}

/** The characters that `withoutHidden` would remove, spelled out, each once. */
export function hiddenCharactersIn(text: string): string {
  const found = [FILLER, REMOVED, REMOVED_MARKS].flatMap((pattern) => [...text.matchAll(pattern)]);
  return spelledOut([...new Set(found.flatMap(([match]) => [...match]))].join(""));
}

/** Whether `withoutHidden` would remove something. */
export function hasHiddenCharacters(text: string): boolean {
  return withoutHidden(text) !== text;
}

/** Whether a text shows nothing: empty, or only spaces, fillers and invisible characters. */
export function isBlank(text: string): boolean {
  return text.replaceAll(INKLESS, "") === "";
}

/** Longer runs are counted, so that a thousand hidden characters do not become a page. */
const MAX_SPELLED = 8;

/** Escapes each character as `‹U+…›`. */
export function spelledOut(characters: string): string {
  const all = Array.from(characters, (one) => {
    const code = (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `‹U+${code}›`;
  });
  const others = all.length - MAX_SPELLED;
  return others <= 1 ? all.join("") : `${all.slice(0, MAX_SPELLED).join("")}‹${others} more›`;
}
