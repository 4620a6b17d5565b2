/** Which versions of an extension can be offered: entry in force, listed, admitted by the track, inspected. */

import type { OfferableVersion } from "@/lib/extension/offer/offerable-version";
import { admissionBy } from "@/lib/extension/offer/track";
import { parseDigest } from "@/lib/extension/reference/digest";
import { parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { type EntryFacts, entryStateAt, trackOf } from "@/lib/marketplace/rows/entry-facts";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { InspectionState, Prisma, Visibility } from "@/lib/platform/prisma/client";

/** The columns of a version and of its inspection that decide whether it can be offered. */
export type VersionFacts = {
  tag: string;
  semver: string;
  digest: string;
  visibility: Visibility;
  current: boolean;
  inspection: { state: InspectionState; report: Prisma.JsonValue };
};

/** An offerable version with its parsed semver. */
export type OfferableSemver = OfferableVersion & { version: SemVersion };

/**
 * In the order of `versions`; none when there is no entry or it is not in force at `now`. Where `1.2.3` and `v1.2.3`
 * are both listed only the first spelling counts, so that one version never has two digests.
 */
export function offerableVersions(
  entry: EntryFacts | null,
  versions: readonly VersionFacts[],
  now: Date,
): OfferableSemver[] {
  if (entry === null || entryStateAt(entry, now) !== "active") return [];
  const admits = admissionBy(trackOf(entry));
  const admitted = versions.flatMap((row) => {
    const version = listedVersion(row);
    return version !== undefined && admits(version) ? [version] : [];
  });
  const plain = new Set(admitted.filter(isPlain).map(({ version }) => version.text));
  return admitted.filter((version) => isPlain(version) || !plain.has(version.version.text));
}

function isPlain({ tag, version }: OfferableSemver): boolean {
  return tag === version.text;
}

/** What `lib/extension` needs to judge a version; undefined unless it is listed and this very digest was inspected. */
function listedVersion(row: VersionFacts): OfferableSemver | undefined {
  if (row.visibility !== "listed" || !row.current || row.inspection.state !== "inspected") return undefined;
  const version = parseSemver(row.semver);
  const digest = parseDigest(row.digest);
  const report = reportOf(row.inspection.report);
  if (version === undefined || digest === undefined || report === undefined) return undefined;
  if (report.digest !== digest) return undefined;
  return {
    tag: row.tag,
    version,
    digest,
    platforms: report.platforms,
    requirements: report.requirements,
    hostBinaries: report.capabilities.hostBinaries,
  };
}
