import { atEnd, ENDS, habit, type JsonCursor, match, stop } from "@/lib/extension/json/json-cursor";

const BACKSLASH = 0x5c;
const QUOTE = 0x22;

const WORDS = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Parses the string at the cursor and moves past it. An unpaired surrogate becomes U+FFFD, as in Go. */
export function readString(cursor: JsonCursor): string {
  const { text } = cursor;
  const start = cursor.at;
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20) {
      throw stop(
        { ...cursor, at },
        "a string contains a line break or control character; write it as \\n or \\u00…",
      );
    }
    if (unit === BACKSLASH) at += 1;
    if (unit !== QUOTE) continue;
    cursor.at = at + 1;
    return decoded(cursor, text.slice(start, cursor.at), start);
  }
  throw stop({ ...cursor, at: text.length }, "a string has no closing double quote");
}

function decoded(cursor: JsonCursor, literal: string, start: number): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal)).toWellFormed();
  } catch {
    throw stop(
      { ...cursor, at: start },
      "a string contains an invalid escape sequence; write \\\\ for a backslash",
    );
  }
}

/** Parses the number, `true`, `false` or `null` at the cursor and moves past it. */
export function readScalar(cursor: JsonCursor): number | boolean | null {
  const word = match(cursor, cursor.word);
  const known = word === undefined ? undefined : WORDS.get(word);
  if (word !== undefined && known !== undefined) {
    cursor.at += word.length;
    return known;
  }
  const number = match(cursor, cursor.number);
  if (number === undefined) throw stop(cursor, problemOfScalar(cursor, word));
  cursor.at += number.length;
  if (/[0-9.]/.test(cursor.text[cursor.at] ?? "")) throw stop(cursor, "invalid number");
  return cursor.numbers === "float" || isInt64(number) ? Number(number) : Number.NaN;
}

const INT64_MAX = 2n ** 63n - 1n;

/** Whether Go's `strconv.ParseInt(text, 10, 64)` accepts this JSON number. `-0` is one. */
function isInt64(text: string): boolean {
  if (!/^-?[0-9]{1,19}$/.test(text)) return false;
  const value = BigInt(text);
  return value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

function problemOfScalar(cursor: JsonCursor, word: string | undefined): string {
  if (atEnd(cursor)) return ENDS;
  return (
    habit(cursor) ??
    (word === undefined
      ? "expected a value"
      : `“${word.slice(0, 40)}” is not a JSON value; write strings in double quotes`)
  );
}
