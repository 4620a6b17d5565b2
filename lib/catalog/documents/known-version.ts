import { compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import type {
  ComposeReport,
  InspectionReport,
  MetadataReport,
} from "@/lib/extension/report/inspection-report";
import type { ExtensionRecord, VersionRecord } from "@/lib/marketplace/public-records";
import { reportOf } from "@/lib/marketplace/rows/stored-report";

/** Reports in the catalog's records omit the texts of metadata.json and Compose files. */
export type PublicReport = Omit<InspectionReport, "metadata" | "compose"> & {
  metadata: Omit<MetadataReport, "text"> | null;
  compose:
    | (Omit<ComposeReport, "text" | "files"> & { files: Omit<ComposeReport["files"][number], "text">[] })
    | null;
};

/** A version that can be shown: its tag is a version, and its digest was inspected. */
export type KnownVersion = { record: VersionRecord; version: SemVersion; report: PublicReport };

/** Newest first; the plain tag before `v…`. */
export function knownVersions(extension: ExtensionRecord): KnownVersion[] {
  return extension.versions
    .flatMap((record) => knownVersion(record) ?? [])
    .sort((a, b) => compareSemver(b.version, a.version) || (a.record.tag < b.record.tag ? -1 : 1));
}

function knownVersion(record: VersionRecord): KnownVersion | undefined {
  const version = parseSemver(record.semver);
  const report = record.inspection.state === "inspected" ? reportOf(record.inspection.report) : undefined;
  return version !== undefined && report?.digest === record.digest ? { record, version, report } : undefined;
}
