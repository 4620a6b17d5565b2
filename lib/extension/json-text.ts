/** JSON as read here: objects are maps, so that no key of a stranger's document can reach a prototype. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

export type JsonReading =
  | {
      ok: true;
      value: JsonValue;
      /** Where a key stands more than once, as `ui.dashboard-tab.title`; at most `MAX_DUPLICATES`. */
      duplicateKeys: string[];
    }
  | {
      ok: false;
      problem: "syntax" | "depth";
      /** What is wrong, as part of a sentence. */
      why: string;
      /** One-based; the column counts UTF-16 units. */
      line: number;
      column: number;
    };

const MAX_DUPLICATES = 100;
const numberPattern = () => /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordPattern = () => /[A-Za-z_$][A-Za-z0-9_$]*/y;
const WHITESPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);

type Reader = {
  text: string;
  at: number;
  maxDepth: number;
  path: (string | number)[];
  duplicateKeys: string[];
  /** Sticky patterns of this reading; they remember their place. */
  number: RegExp;
  word: RegExp;
};

/**
 * Reads strict JSON (RFC 8259) and says where and why it stops, in words for the author of the file. Accepts the
 * same texts and gives the same values as `JSON.parse`; besides it reports duplicate keys (the last one counts)
 * and refuses arrays and objects nested deeper than `maxDepth`.
 */
export function readJsonText(text: string, maxDepth: number): JsonReading {
  const reader: Reader = {
    text,
    at: 0,
    maxDepth,
    path: [],
    duplicateKeys: [],
    number: numberPattern(),
    word: wordPattern(),
  };
  try {
    const value = readValue(reader);
    skipWhitespace(reader);
    if (reader.at < text.length) throw stop(reader, "something follows after the end of the document");
    return { ok: true, value, duplicateKeys: reader.duplicateKeys };
  } catch (error) {
    if (error instanceof JsonStop)
      return { ok: false, problem: error.problem, why: error.message, ...place(text, error.at) };
    throw error;
  }
}

/** Never leaves this file. */
class JsonStop extends Error {
  constructor(
    readonly problem: "syntax" | "depth",
    why: string,
    readonly at: number,
  ) {
    super(why);
  }
}

function readValue(reader: Reader): JsonValue {
  skipWhitespace(reader);
  switch (reader.text[reader.at]) {
    case "{":
      return readNested(reader, readObject);
    case "[":
      return readNested(reader, readArray);
    case '"':
      return readString(reader);
    default:
      return readScalar(reader);
  }
}

function readNested<Value>(reader: Reader, read: (reader: Reader) => Value): Value {
  if (reader.path.length >= reader.maxDepth) {
    throw stop(reader, `it is nested deeper than ${reader.maxDepth} levels`, "depth");
  }
  reader.at += 1;
  reader.path.push(0);
  const value = read(reader);
  reader.path.pop();
  return value;
}

function readObject(reader: Reader): JsonObject {
  const object = new Map<string, JsonValue>();
  if (closes(reader, "}")) return object;
  for (;;) {
    const key = readKey(reader);
    reader.path[reader.path.length - 1] = key;
    if (object.has(key)) noteDuplicate(reader);
    object.set(key, readValue(reader));
    if (closes(reader, "}")) return object;
    expectComma(reader, "}");
  }
}

function readArray(reader: Reader): JsonValue[] {
  const array: JsonValue[] = [];
  if (closes(reader, "]")) return array;
  for (;;) {
    reader.path[reader.path.length - 1] = array.length;
    array.push(readValue(reader));
    if (closes(reader, "]")) return array;
    expectComma(reader, "]");
  }
}

function readKey(reader: Reader): string {
  skipWhitespace(reader);
  const next = reader.text[reader.at];
  if (next !== '"')
    throw stop(reader, next === undefined ? ENDS : (habit(reader) ?? "a key in double quotes is expected"));
  const key = readString(reader);
  skipWhitespace(reader);
  if (reader.text[reader.at] !== ":")
    throw stop(reader, atEnd(reader) ? ENDS : "a colon is expected after the key");
  reader.at += 1;
  return key;
}

function readString(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20) {
      throw stop(
        { ...reader, at },
        "a line break or control character stands inside a text; write it as \\n or \\u00…",
      );
    }
    if (unit === BACKSLASH) at += 1;
    if (unit !== QUOTE) continue;
    reader.at = at + 1;
    return decoded(reader, text.slice(start, reader.at), start);
  }
  throw stop({ ...reader, at: text.length }, "a text is not closed with a double quote");
}

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

function decoded(reader: Reader, literal: string, start: number): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    throw stop(
      { ...reader, at: start },
      "a text holds a backslash sequence that JSON does not have; write \\\\ for a backslash",
    );
  }
}

const WORDS = new Map<string, JsonValue>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function readScalar(reader: Reader): JsonValue {
  const word = match(reader, reader.word);
  const known = word === undefined ? undefined : WORDS.get(word);
  if (word !== undefined && known !== undefined) {
    reader.at += word.length;
    return known;
  }
  const number = match(reader, reader.number);
  if (number === undefined) throw stop(reader, problemOfScalar(reader, word));
  reader.at += number.length;
  if (/[0-9.]/.test(reader.text[reader.at] ?? ""))
    throw stop(reader, "a number is not written as JSON wants it");
  return Number(number);
}

function problemOfScalar(reader: Reader, word: string | undefined): string {
  if (atEnd(reader)) return ENDS;
  return (
    habit(reader) ??
    (word === undefined
      ? "a value is expected"
      : `“${word.slice(0, 40)}” is not a JSON value; texts stand in double quotes`)
  );
}

const ENDS = "the document ends too early";

/** Habits from other notations that JSON does not share. */
function habit({ text, at }: Reader): string | undefined {
  const next = text[at] ?? "";
  if (next === "}" || next === "]")
    return `a comma stands before the closing “${next}”, or a value is missing`;
  if (next === "/" || next === "#") return "JSON has no comments";
  if (next === "'") return "single quotes are not allowed; use double quotes";
  return undefined;
}

function expectComma(reader: Reader, closing: string): void {
  if (reader.text[reader.at] !== ",") {
    throw stop(reader, atEnd(reader) ? ENDS : (comment(reader) ?? `a comma or “${closing}” is expected`));
  }
  reader.at += 1;
}

function comment(reader: Reader): string | undefined {
  return /[/#]/.test(reader.text[reader.at] ?? "") ? habit(reader) : undefined;
}

function closes(reader: Reader, closing: string): boolean {
  skipWhitespace(reader);
  if (reader.text[reader.at] !== closing) return false;
  reader.at += 1;
  return true;
}

function match({ text, at }: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipWhitespace(reader: Reader): void {
  while (WHITESPACE.has(reader.text.charCodeAt(reader.at))) reader.at += 1;
}

function atEnd(reader: Reader): boolean {
  return reader.at >= reader.text.length;
}

function noteDuplicate(reader: Reader): void {
  if (reader.duplicateKeys.length < MAX_DUPLICATES) reader.duplicateKeys.push(pathText(reader.path));
}

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function stop(reader: Reader, why: string, problem: "syntax" | "depth" = "syntax"): JsonStop {
  return new JsonStop(problem, why, reader.at);
}
