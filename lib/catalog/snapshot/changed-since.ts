import type { CatalogRecords } from "@/lib/catalog/views/records";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";

/**
 * The extensions that may say something else than at `since`, the number of an earlier state. Told by the records alone,
 * so that every process knows it, also right after its start. No entry is ever deleted, so what has gone is among them.
 * Undefined when something has changed since that all are judged by, and for numbers that are yet to come.
 */
export function changedSince(
  records: CatalogRecords,
  since: bigint,
  now: Date,
): ReadonlySet<ExtensionRecord> | undefined {
  const { revision, wholeRevision, extensions } = records;
  if (since < wholeRevision || since > revision) return undefined;
  const changed = [...extensions.values()].filter(
    (record) => record.revision > since || isOverByTime(record, now),
  );
  return new Set(changed);
}

/**
 * The one revision that stands for `since` and for all others with the same changes after them: the newest one up to
 * `since` in which an extension changed. Undefined where everything has to be answered.
 */
export function knownRevision(records: CatalogRecords, since: bigint): bigint | undefined {
  const { revision, wholeRevision, extensions } = records;
  if (since < wholeRevision || since > revision) return undefined;
  let known = wholeRevision;
  for (const record of extensions.values()) {
    if (record.revision <= since && record.revision > known) known = record.revision;
  }
  return known;
}

/** Expiry does not bump the revision, so a client can hold an older state under the same number. */
function isOverByTime({ entry }: ExtensionRecord, now: Date): boolean {
  return entry.state === "active" && entryStateAt(entry, now) !== "active";
}
