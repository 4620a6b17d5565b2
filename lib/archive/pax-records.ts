import { malformed } from "@/lib/archive/layer-problem";
import { parseDecimal } from "@/lib/archive/tar-number";
import { byteText } from "@/lib/archive/tar-text";

/** The records of a PAX extended header by key. Keys and values have one character per byte. */
export type PaxRecords = ReadonlyMap<string, string>;

const SPARSE_OFFSET = "GNU.sparse.offset";
const SPARSE_BYTES = "GNU.sparse.numbytes";
export const SPARSE_MAP = "GNU.sparse.map";

/** Keys whose values are names, which must not contain NUL. */
const TEXTS: readonly string[] = ["path", "linkpath", "uname", "gname"];
const INTEGERS: readonly string[] = ["uid", "gid", "size"];
const TIMES: readonly string[] = ["atime", "mtime", "ctime"];

/**
 * Parses the body of a PAX extended header (POSIX pax, "Extended Header"): records of the form `length key=value\n`,
 * the last one of a key wins. Converts the offsets and lengths of GNU's sparse format 0.0 into the map of format 0.1.
 * Throws a `LayerProblemError` where Go's archive/tar returns an error.
 */
export function parsePaxRecords(body: Uint8Array): PaxRecords {
  const records = new Map<string, string>();
  const sparse: string[] = [];
  let rest = byteText(body);
  while (rest.length > 0) {
    const { key, value, length } = nextRecord(rest);
    if (key === SPARSE_OFFSET || key === SPARSE_BYTES) {
      const expected = sparse.length % 2 === 0 ? SPARSE_OFFSET : SPARSE_BYTES;
      if (key !== expected || value.includes(",")) throw broken();
      sparse.push(value);
    } else {
      records.set(key, value);
    }
    rest = rest.slice(length);
  }
  if (sparse.length > 0) records.set(SPARSE_MAP, sparse.join(","));
  return records;
}

/** Throws if a number or time in the records is invalid. An empty value means the header's own. */
export function checkPaxValues(records: PaxRecords): void {
  for (const [key, value] of records) {
    if (value === "") continue;
    if (INTEGERS.includes(key) && parseDecimal(value) === undefined) {
      throw malformed(`an extended archive header has an invalid ${key}`);
    }
    if (TIMES.includes(key) && !isTime(value)) {
      throw malformed("an extended archive header has an invalid time");
    }
  }
}

function nextRecord(text: string): { key: string; value: string; length: number } {
  const space = text.indexOf(" ");
  const length = space === -1 ? undefined : parseDecimal(text.slice(0, space));
  if (length === undefined || length < 5 || length > text.length || length <= space + 1) throw broken();
  const equals = text.indexOf("=", space + 1);
  const end = length - 1;
  if (text[end] !== "\n" || equals === -1 || equals >= end || equals === space + 1) throw broken();
  const key = text.slice(space + 1, equals);
  const value = text.slice(equals + 1, end);
  if ((TEXTS.includes(key) ? value : key).includes("\0")) throw broken();
  return { key, value, length };
}

/** Seconds with an optional fraction, as in `-1.5`. */
function isTime(text: string): boolean {
  const [, seconds = "", fraction = ""] = /^([^.]*)\.?(.*)$/s.exec(text) ?? [];
  return parseDecimal(seconds) !== undefined && /^[0-9]*$/.test(fraction);
}

function broken(): Error {
  return malformed("an extended archive header is corrupt");
}
