import type { EvaluationContext } from "@/lib/catalog/documents/evaluation-context";
import type { ExtensionFacts } from "@/lib/catalog/documents/extension-document";
import { type KnownVersion, knownVersions } from "@/lib/catalog/documents/known-version";
import { decompressRecord } from "@/lib/catalog/encoding/compressed-record";
import { latestOf } from "@/lib/extension/offer/offer";
import { type PreparedVersions, prepareVersions } from "@/lib/extension/offer/offerable-version";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import { offerableVersions } from "@/lib/marketplace/publishing/offerable";
import type { EntryState } from "@/lib/marketplace/rows/entry-facts";

/** Everything about one extension, decompressed. It is large: keep values derived from it, not the object. */
export type ExpandedExtension = {
  record: ExtensionRecord;
  facts: ExtensionFacts;
  /** Newest first. */
  known: readonly KnownVersion[];
  prepared: PreparedVersions;
};

export type CompressedExtension = {
  record: ExtensionRecord;
  repository: string;
  state: EntryState;
  by: EvaluationContext;
  now: Date;
};

export function expandExtension({
  record: packed,
  repository,
  state,
  by,
  now,
}: CompressedExtension): ExpandedExtension {
  const record = decompressRecord(packed);
  const offerable = offerableVersions(record.entry, record.versions, now);
  const prepared = prepareVersions(offerable);
  const known = knownVersions(record);
  const { latest, latestPrerelease } = latestOf(prepared, by.releases, by.policy);
  const find = (ref: { tag: string } | null) => known.find((one) => one.record.tag === ref?.tag);
  const shown = { latest: find(latest), latestPrerelease: find(latestPrerelease) };
  const admitted = new Set(offerable.map(({ tag }) => tag));
  const facts = {
    repository,
    record,
    state,
    ...shown,
    speaker: shown.latest ?? shown.latestPrerelease ?? spokesman(known),
    offerable: known.filter((one) => admitted.has(one.record.tag)),
  };
  return { record, facts, known, prepared };
}

/** The texts of a blocked version never represent the extension. */
function spokesman(known: readonly KnownVersion[]): KnownVersion | undefined {
  return (
    known.find(({ record }) => record.visibility === "listed") ??
    known.find(({ record }) => record.visibility === "yanked")
  );
}
