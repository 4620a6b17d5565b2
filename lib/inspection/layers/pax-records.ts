import { malformed } from "@/lib/inspection/layers/layer-problem";

/** The PAX records that decide what an entry is called, what it links to and how long it is. */
export type PaxRecords = { path?: string; linkPath?: string; sizeBytes?: number; sparse: boolean };

const UTF8 = new TextDecoder("utf-8");
const EQUALS = 61;
const NEWLINE = 10;
const SPACE = 32;

/**
 * Parses the body of a PAX extended header (POSIX pax, "Extended Header"): records of the form `length key=value\n`.
 * An empty value leaves the header's own value in place, and the last of several wins: both as in Go's
 * archive/tar. Throws a `LayerProblemError` where a record is broken.
 */
export function parsePaxRecords(body: Uint8Array): PaxRecords {
  const found = new Map<string, string>();
  let rest = body;
  while (rest.length > 0) {
    const record = nextRecord(rest);
    found.set(record.key, record.value);
    rest = rest.subarray(record.length);
  }
  return {
    path: found.get("GNU.sparse.name") || found.get("path") || undefined,
    linkPath: found.get("linkpath") || undefined,
    sizeBytes: size(found.get("size")),
    sparse: [...found.keys()].some((key) => key.startsWith("GNU.sparse.")),
  };
}

function nextRecord(bytes: Uint8Array): { key: string; value: string; length: number } {
  const space = bytes.indexOf(SPACE);
  const digits = space > 0 && space <= 10 ? UTF8.decode(bytes.subarray(0, space)) : "";
  const length = /^[0-9]+$/.test(digits) ? Number.parseInt(digits, 10) : 0;
  if (length <= space + 1 || length > bytes.length || bytes[length - 1] !== NEWLINE) throw broken();
  const record = bytes.subarray(space + 1, length - 1);
  const equals = record.indexOf(EQUALS);
  if (equals <= 0) throw broken();
  const key = UTF8.decode(record.subarray(0, equals));
  const value = UTF8.decode(record.subarray(equals + 1));
  if (key.includes("\0") || ((key === "path" || key === "linkpath") && value.includes("\0"))) throw broken();
  return { key, value, length };
}

function size(value: string | undefined): number | undefined {
  if (value === undefined || value === "") return undefined;
  if (!/^[0-9]{1,15}$/.test(value)) throw malformed("an extended archive header holds an unreadable size");
  return Number.parseInt(value, 10);
}

function broken(): Error {
  return malformed("an extended archive header is broken");
}
