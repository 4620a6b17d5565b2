/** A place in a JSON text while it is being read. */
export type JsonCursor = {
  text: string;
  at: number;
  maxDepth: number;
  path: (string | number)[];
  duplicateKeys: string[];
  /** One for all: a text of 4 MiB can hold 1.4 million of them, and a map takes 200 bytes. */
  emptyObject: ReadonlyMap<string, never>;
  /** Sticky patterns of this reading; they remember their place. */
  number: RegExp;
  word: RegExp;
};

/** Thrown inside the JSON reader only; `readJsonText` turns it into its answer. */
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

/** Why reading stops when nothing is left. */
export const ENDS = "unexpected end of the document";

/** The stop at the cursor; `why` becomes part of a sentence. */
export function stop(cursor: JsonCursor, why: string, problem: "syntax" | "depth" = "syntax"): JsonStop {
  return new JsonStop(problem, why, cursor.at);
}

/** Moves the cursor behind spaces, tabs and line breaks. */
export function skipWhitespace(cursor: JsonCursor): void {
  while (WHITESPACE.has(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

/** True when nothing is left to read. */
export function atEnd(cursor: JsonCursor): boolean {
  return cursor.at >= cursor.text.length;
}

/** The text at this place that the sticky pattern matches, or undefined. */
export function match({ text, at }: JsonCursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What is wrong at the cursor when it is a habit from another notation, or undefined. */
export function habit({ text, at }: JsonCursor): string | undefined {
  const next = text[at] ?? "";
  if (next === "}" || next === "]") return `unexpected comma before the closing “${next}”, or missing value`;
  if (next === "/" || next === "#") return "JSON does not allow comments";
  if (next === "'") return "JSON requires double quotes, not single quotes";
  return undefined;
}
