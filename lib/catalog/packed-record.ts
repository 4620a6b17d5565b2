/**
 * Records as small as they get. What the versions' inspections say is much, much the same from version to version, and
 * seldom read once an extension's documents are made: it is kept deflated, outside of the heap.
 */

import { promisify } from "node:util";
import { deflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

type Details = Pick<ExtensionRecord, "versions" | "withdrawn" | "hiddenTags">;
export type RecordHead = Omit<ExtensionRecord, keyof Details>;

const EFFORT = { level: 1 } as const;
const deflate = promisify(deflateRaw);

/** An `ExtensionRecord` that unpacks its details each time they are asked for. */
export class PackedRecord implements ExtensionRecord {
  readonly repository: RecordHead["repository"];
  readonly deprecated: RecordHead["deprecated"];
  readonly movedTo: RecordHead["movedTo"];
  readonly unavailable: RecordHead["unavailable"];
  readonly entry: RecordHead["entry"];

  constructor(
    { repository, deprecated, movedTo, unavailable, entry }: RecordHead,
    readonly packed: Uint8Array,
  ) {
    this.repository = repository;
    this.deprecated = deprecated;
    this.movedTo = movedTo;
    this.unavailable = unavailable;
    this.entry = entry;
  }

  get versions(): Details["versions"] {
    return unpack(this.packed).versions;
  }

  get withdrawn(): Details["withdrawn"] {
    return unpack(this.packed).withdrawn;
  }

  get hiddenTags(): Details["hiddenTags"] {
    return unpack(this.packed).hiddenTags;
  }
}

/** Packs on other threads. */
export async function packRecords(records: readonly ExtensionRecord[]): Promise<ExtensionRecord[]> {
  return Promise.all(
    records.map(async (record) => new PackedRecord(record, exactly(await deflate(textOf(record), EFFORT)))),
  );
}

export function packRecord(record: ExtensionRecord): PackedRecord {
  if (record instanceof PackedRecord) return record;
  return new PackedRecord(record, exactly(deflateRawSync(textOf(record), EFFORT)));
}

/** The record with its details at hand, for whoever needs more than one of them. */
export function openRecord(record: ExtensionRecord): ExtensionRecord {
  if (!(record instanceof PackedRecord)) return record;
  const { repository, deprecated, movedTo, unavailable, entry, packed } = record;
  return { repository, deprecated, movedTo, unavailable, entry, ...unpack(packed) };
}

function textOf({ versions, withdrawn, hiddenTags }: ExtensionRecord): string {
  return JSON.stringify({ versions, withdrawn, hiddenTags } satisfies Details);
}

/** These bytes were made by `textOf`, whose values are plain JSON. */
function unpack(packed: Uint8Array): Details {
  return JSON.parse(inflateRawSync(packed).toString("utf8")) as Details;
}

/** What zlib returns lies in a block that is larger than it. */
function exactly(bytes: Buffer): Uint8Array {
  return Uint8Array.from(bytes);
}
