/**
 * How numbers are read. `int64`: as Go reads them into an integer, which goes by the spelling. A number with a fraction
 * or an exponent, even `2.0`, or beyond 64 bits becomes NaN.
 */
export type JsonNumbers = "float" | "int64";

/** A position in a JSON text during parsing. */
export type JsonCursor = {
  text: string;
  at: number;
  maxDepth: number;
  numbers: JsonNumbers;
  path: (string | number)[];
  duplicateKeys: string[];
  /** One shared list: a text of 4 MiB can contain 1.4 million of them, and a map takes 200 bytes. */
  emptyObject: ReadonlyMap<string, never>;
  /** Sticky patterns of this parse; they keep their position. */
  number: RegExp;
  word: RegExp;
};

/** Thrown only inside the JSON parser; `readJsonText` turns it into its result. */
export class JsonStop extends Error {
  constructor(
    readonly problem: "syntax" | "depth",
    why: string,
    readonly at: number,
  ) {
    super(why);
  }
}

const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Reason for unexpected end of input. */
export const ENDS = "unexpected end of the document";

/** The error at the cursor; `why` becomes part of a sentence. */
export function stop(cursor: JsonCursor, why: string, problem: "syntax" | "depth" = "syntax"): JsonStop {
  return new JsonStop(problem, why, cursor.at);
}

/** Skips spaces, tabs and line breaks. */
export function skipWhitespace(cursor: JsonCursor): void {
  while (WHITESPACE.has(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

/** Whether the end of the text is reached. */
export function atEnd(cursor: JsonCursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** The match of the sticky pattern at the cursor, or undefined. */
export function match({ text, at }: JsonCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Detects syntax from other notations at the cursor, or undefined. */
export function habit({ text, at }: JsonCursor): string | undefined {
  const next = text[at] ?? "";
  if (next === "}" || next === "]") return `unexpected comma before the closing “${next}”, or missing value`;
  if (next === "/" || next === "#") return "JSON does not allow comments";
  if (next === "'") return "JSON requires double quotes, not single quotes";
  return undefined;
}
