import {
  atEnd,
  ENDS,
  habit,
  type JsonCursor,
  type JsonNumbers,
  JsonStop,
  skipWhitespace,
  stop,
} from "@/lib/extension/json/json-cursor";
import { readScalar, readString } from "@/lib/extension/json/json-scalar";

/** A parsed JSON value. Objects are maps, so that no key of an untrusted document can reach a prototype. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

export type JsonReading =
  | {
      ok: true;
      value: JsonValue;
      /** Paths of duplicate keys, such as `ui.dashboard-tab.title`; at most `MAX_DUPLICATES`. */
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

/** Converts maps to plain objects with own keys only. */
export function plainObject(object: JsonObject): Record<string, unknown> {
  return Object.fromEntries(Array.from(object, ([key, value]) => [key, plain(value)]));
}

function plain(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? plainObject(value) : value;
}

const MAX_DUPLICATES = 100;
const numberPattern = () => /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordPattern = () => /[A-Za-z_$][A-Za-z0-9_$]*/y;

/**
 * Parses strict JSON (RFC 8259), with position and reason of errors for the author of the file. Accepts the same
 * texts as `JSON.parse` with the same values, except that an unpaired surrogate becomes U+FFFD, as in Go. Also
 * reports duplicate keys (the last one wins), rejects nesting deeper than `maxDepth`, and can read numbers as Go does.
 */
export function readJsonText(text: string, maxDepth: number, numbers: JsonNumbers = "float"): JsonReading {
  const cursor: JsonCursor = {
    text,
    at: 0,
    maxDepth,
    numbers,
    path: [],
    emptyObject: new Map<string, never>(),
    duplicateKeys: [],
    number: numberPattern(),
    word: wordPattern(),
  };
  try {
    const value = readValue(cursor);
    skipWhitespace(cursor);
    if (cursor.at < text.length) throw stop(cursor, "unexpected text after the end of the document");
    return { ok: true, value, duplicateKeys: cursor.duplicateKeys };
  } catch (error) {
    if (error instanceof JsonStop)
      return { ok: false, problem: error.problem, why: error.message, ...place(text, error.at) };
    throw error;
  }
}

function readValue(cursor: JsonCursor): JsonValue {
  skipWhitespace(cursor);
  switch (cursor.text[cursor.at]) {
    case "{":
      return readNested(cursor, readObject);
    case "[":
      return readNested(cursor, readArray);
    case '"':
      return readString(cursor);
    default:
      return readScalar(cursor);
  }
}

function readNested<Value>(cursor: JsonCursor, read: (cursor: JsonCursor) => Value): Value {
  if (cursor.path.length >= cursor.maxDepth) {
    throw stop(cursor, `it has more than ${cursor.maxDepth} levels of nesting`, "depth");
  }
  cursor.at += 1;
  cursor.path.push(0);
  const value = read(cursor);
  cursor.path.pop();
  return value;
}

function readObject(cursor: JsonCursor): JsonObject {
  if (closes(cursor, "}")) return cursor.emptyObject;
  const object = new Map<string, JsonValue>();
  for (;;) {
    const key = readKey(cursor);
    cursor.path[cursor.path.length - 1] = key;
    if (object.has(key)) noteDuplicate(cursor);
    object.set(key, readValue(cursor));
    if (closes(cursor, "}")) return object;
    expectComma(cursor, "}");
  }
}

function readArray(cursor: JsonCursor): JsonValue[] {
  const array: JsonValue[] = [];
  if (closes(cursor, "]")) return array;
  for (;;) {
    cursor.path[cursor.path.length - 1] = array.length;
    array.push(readValue(cursor));
    if (closes(cursor, "]")) return array;
    expectComma(cursor, "]");
  }
}

function readKey(cursor: JsonCursor): string {
  skipWhitespace(cursor);
  const next = cursor.text[cursor.at];
  if (next !== '"')
    throw stop(cursor, next === undefined ? ENDS : (habit(cursor) ?? "expected a key in double quotes"));
  const key = readString(cursor);
  skipWhitespace(cursor);
  if (cursor.text[cursor.at] !== ":")
    throw stop(cursor, atEnd(cursor) ? ENDS : "expected a colon after the key");
  cursor.at += 1;
  return key;
}

function expectComma(cursor: JsonCursor, closing: string): void {
  if (cursor.text[cursor.at] !== ",") {
    throw stop(cursor, atEnd(cursor) ? ENDS : (comment(cursor) ?? `expected a comma or “${closing}”`));
  }
  cursor.at += 1;
}

function comment(cursor: JsonCursor): string | undefined {
  return /[/#]/.test(cursor.text[cursor.at] ?? "") ? habit(cursor) : undefined;
}

function closes(cursor: JsonCursor, closing: string): boolean {
  skipWhitespace(cursor);
  if (cursor.text[cursor.at] !== closing) return false;
  cursor.at += 1;
  return true;
}

function noteDuplicate(cursor: JsonCursor): void {
  if (cursor.duplicateKeys.length < MAX_DUPLICATES) cursor.duplicateKeys.push(pathText(cursor.path));
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
