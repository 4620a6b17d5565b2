import type { CatalogRecords } from "@/lib/catalog/views/records";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { entryStateAt } from "@/lib/marketplace/rows/entry-facts";

/**
 * The extensions that may have changed since the revision `since`. Derived from the records alone, so that every
 * process knows it right after its start. Entries are never deleted, so removed extensions are included. Undefined when
 * the policy or another global input has changed since, and for future revisions.
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
 * The newest revision up to `since` in which an extension changed. It represents every `since` with the same changes.
 * Undefined when the response must be complete.
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
