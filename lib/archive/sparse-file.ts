import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import type { BufferedReader } from "@/lib/archive/buffered-reader";
import { malformed } from "@/lib/archive/layer-problem";
import { type PaxRecords, SPARSE_MAP } from "@/lib/archive/pax-records";
import { BLOCK_BYTES } from "@/lib/archive/tar-header";
import { parseDecimal } from "@/lib/archive/tar-number";
import { byteText } from "@/lib/archive/tar-text";

const NEWLINE = 10;

/** A stored part of a sparse file. Between the parts there are zeros. */
export type SparsePart = { offset: number; length: number };

/**
 * GNU's PAX keys for sparse files (GNU tar manual, "Storing Sparse Files"), as far as Go's archive/tar supports them.
 */
export type SparseHeader = {
  /** The file's own name, if it differs from the entry's; one character per byte. */
  name: string | undefined;
  sizeBytes: number | undefined;
  /** Format 1.0 stores its map before the content. */
  parts: readonly SparsePart[] | "in the content";
};

/** Whether any of GNU's keys is present, supported or not. */
export function hasSparseKeys(records: PaxRecords): boolean {
  return [...records.keys()].some((key) => key.startsWith("GNU.sparse."));
}

/**
 * The sparse format of an entry; undefined for an ordinary file, including one with keys of an unknown version.
 * Throws where Go returns an error.
 */
export function sparseHeader(records: PaxRecords): SparseHeader | undefined {
  const version = versionOf(records);
  if (version === undefined) return undefined;
  const size = records.get("GNU.sparse.size") || records.get("GNU.sparse.realsize") || undefined;
  return {
    name: records.get("GNU.sparse.name") || undefined,
    sizeBytes: size === undefined ? undefined : decimal(size),
    parts: version === "1.0" ? "in the content" : partsOf(records),
  };
}

/**
 * Reads the map of version 1.0, which precedes the content. `storedBytes` is the size of the entry, including the
 * map.
 */
export async function readSparseMap(
  feed: BufferedReader,
  storedBytes: number,
): Promise<{ parts: SparsePart[]; mapBytes: number }> {
  const limit = Math.min(storedBytes, ARCHIVE_LIMITS.extendedHeaderBytes);
  let text = "";
  let newlines = 0;
  const readUntil = async (wanted: number) => {
    while (newlines < wanted) {
      if (text.length + BLOCK_BYTES > limit) throw broken();
      const block = await feed.take(BLOCK_BYTES);
      if (block.length < BLOCK_BYTES) throw broken();
      text += byteText(block);
      newlines += block.filter((byte) => byte === NEWLINE).length;
    }
  };
  await readUntil(1);
  const count = decimal(text.slice(0, text.indexOf("\n")));
  if (count < 0) throw broken();
  await readUntil(1 + 2 * count);
  return { parts: pairs(text.split("\n", 1 + 2 * count).slice(1)), mapBytes: text.length };
}

/** The content with its holes filled. The parts must have passed `checkParts`. */
export function expandSparse(
  parts: readonly SparsePart[],
  stored: Uint8Array,
  sizeBytes: number,
): Uint8Array {
  const content = new Uint8Array(sizeBytes);
  let at = 0;
  for (const { offset, length } of parts) {
    content.set(stored.subarray(at, at + length), offset);
    at += length;
  }
  return content;
}

/**
 * Throws if the parts overlap, exceed the size, or do not match the stored bytes, as Go does while reading the file.
 */
export function checkParts(parts: readonly SparsePart[], storedBytes: number, sizeBytes: number): void {
  let end = 0;
  let together = 0;
  for (const { offset, length } of parts) {
    if (offset < end || length < 0 || offset + length > sizeBytes) throw broken();
    end = offset + length;
    together += length;
  }
  if (sizeBytes < 0 || together !== storedBytes) throw broken();
}

function versionOf(records: PaxRecords): "0" | "1.0" | undefined {
  const major = records.get("GNU.sparse.major") ?? "";
  const minor = records.get("GNU.sparse.minor") ?? "";
  if (major === "0" && (minor === "0" || minor === "1")) return "0";
  if (major === "1" && minor === "0") return "1.0";
  if (major !== "" || minor !== "") return undefined;
  return records.get(SPARSE_MAP) ? "0" : undefined;
}

function partsOf(records: PaxRecords): SparsePart[] {
  const map = records.get(SPARSE_MAP) ?? "";
  const numbers = map === "" ? [] : map.split(",");
  if (numbers.length !== 2 * decimal(records.get("GNU.sparse.numblocks") ?? "")) throw broken();
  return pairs(numbers);
}

function pairs(numbers: readonly string[]): SparsePart[] {
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    offset: decimal(numbers[2 * at] ?? ""),
    length: decimal(numbers[2 * at + 1] ?? ""),
  }));
}

function decimal(text: string): number {
  const value = parseDecimal(text);
  if (value === undefined) throw broken();
  return value;
}

function broken(): Error {
  return malformed("the map of a sparse file is corrupt");
}
