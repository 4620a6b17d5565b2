/**
 * Compressed records. Inspection reports are very similar from version to version and rarely read once an extension's
 * documents are built, so they are kept deflated and off the heap.
 */

import { promisify } from "node:util";
import { deflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

type Details = Pick<ExtensionRecord, "versions" | "withdrawn" | "hiddenTags">;
export type RecordHead = Omit<ExtensionRecord, keyof Details>;

const EFFORT = { level: 1 } as const;
const deflate = promisify(deflateRaw);

/** An `ExtensionRecord` that decompresses its details on every access. */
export type CompressedRecord = ExtensionRecord & { head: RecordHead; packed: Uint8Array };

export function compressedRecord(head: RecordHead, packed: Uint8Array): CompressedRecord {
  return {
    ...head,
    head,
    packed,
    get versions() {
      return unpack(packed).versions;
    },
    get withdrawn() {
      return unpack(packed).withdrawn;
    },
    get hiddenTags() {
      return unpack(packed).hiddenTags;
    },
  };
}

/** Compresses in the thread pool. */
export async function compressRecords(records: readonly ExtensionRecord[]): Promise<ExtensionRecord[]> {
  return Promise.all(
    records.map(async (record) =>
      compressedRecord(headOf(record), exactly(await deflate(textOf(record), EFFORT))),
    ),
  );
}

export function compressRecord(record: ExtensionRecord): CompressedRecord {
  if (isPacked(record)) return record;
  return compressedRecord(headOf(record), exactly(deflateRawSync(textOf(record), EFFORT)));
}

/** The record with its details decompressed, for callers that need several of them. */
export function decompressRecord(record: ExtensionRecord): ExtensionRecord {
  return isPacked(record) ? { ...record.head, ...unpack(record.packed) } : record;
}

function isPacked(record: ExtensionRecord): record is CompressedRecord {
  return "packed" in record;
}

function headOf({
  versions: _versions,
  withdrawn: _withdrawn,
  hiddenTags: _tags,
  ...head
}: ExtensionRecord): RecordHead {
  return head;
}

function textOf({ versions, withdrawn, hiddenTags }: ExtensionRecord): string {
  return JSON.stringify({ versions, withdrawn, hiddenTags } satisfies Details);
}

/** `textOf` wrote these bytes, and its values are plain JSON. */
function unpack(packed: Uint8Array): Details {
  return JSON.parse(inflateRawSync(packed).toString("utf8")) as Details;
}

/** Copies the bytes, because zlib returns a slice of a larger buffer. */
function exactly(bytes: Buffer): Uint8Array {
  return Uint8Array.from(bytes);
}
