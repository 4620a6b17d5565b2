import type { Operator } from "@/lib/extension/requirement/comparator";
import { type PartialVersion, parsePartialVersion } from "@/lib/extension/requirement/partial-version";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";

type TokenValue =
  | { kind: "operator"; operator: Operator }
  | { kind: "version"; version: PartialVersion }
  | { kind: "comma" | "or" | "hyphen" };

/** `at`: position from 1; `spaced`: preceded by white space. */
export type Token = TokenValue & { at: number; spaced: boolean };

/** All operators; longer ones precede their prefixes. */
const OPERATORS: readonly (readonly [string, Operator])[] = [
  ["==", "="],
  ["=>", ">="],
  ["=<", "<="],
  [">=", ">="],
  ["<=", "<="],
  ["!=", "!="],
  ["~>", "~"],
  ["=", "="],
  [">", ">"],
  ["<", "<"],
  ["~", "~"],
  ["^", "^"],
];

const SPACE = " \t\n\f\r";
const WORD_CHARACTER = /^[0-9A-Za-z.*+-]$/;

/** Splits `text` into tokens in one pass. Throws `range_invalid` at the first invalid one. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  for (;;) {
    const start = skip(text, index, isSpace);
    if (start === text.length) return tokens;
    const { value, length } = readToken(text, start);
    tokens.push({ ...value, at: start + 1, spaced: start > index });
    index = start + length;
  }
}

function readToken(text: string, start: number): { value: TokenValue; length: number } {
  if (text[start] === ",") return { value: { kind: "comma" }, length: 1 };
  if (text.startsWith("||", start)) return { value: { kind: "or" }, length: 2 };
  if (text[start] === "-" && isSpace(text[start + 1] ?? "")) return { value: { kind: "hyphen" }, length: 1 };
  const found = OPERATORS.find(([written]) => text.startsWith(written, start));
  if (found !== undefined)
    return { value: { kind: "operator", operator: found[1] }, length: found[0].length };
  const word = text.slice(start, skip(text, start, isWordCharacter));
  const version = parsePartialVersion(word);
  if (version !== undefined) return { value: { kind: "version", version }, length: word.length };
  throw rangeError(
    `${word === "" ? nameOf(text, start) : quoted(word)} at character ${start + 1} is not a version`,
  );
}

/** `why` is a clause that can follow a colon. */
export function rangeError(why: string): AppError {
  return new AppError("range_invalid", why, { suggestion: "Use a range such as “>= 0.3.4” or “^1”." });
}

/** The character at `index`, by its code point if it could be ambiguous or invisible. */
function nameOf(text: string, index: number): string {
  const code = text.codePointAt(index) ?? 0;
  const isPlain = code > 0x20 && code < 0x7f;
  return isPlain
    ? quoted(String.fromCodePoint(code))
    : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Trims white space as the Go library defines it. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(skip(text, 0, isSpace), end);
}

function skip(text: string, from: number, matches: (character: string) => boolean): number {
  let index = from;
  while (index < text.length && matches(text.charAt(index))) index += 1;
  return index;
}

/** White space as the Go library defines it: no-break spaces and the like are not part of the grammar. */
function isSpace(character: string): boolean {
  return character !== "" && SPACE.includes(character);
}

function isWordCharacter(character: string): boolean {
  return WORD_CHARACTER.test(character);
}
