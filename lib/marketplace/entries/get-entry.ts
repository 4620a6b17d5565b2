/** One entry as reviewers and admins see it: its versions, its envelope, what was decided on it. */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { type ServedFinding, servedFindings } from "@/lib/extension/policy/policy";
import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { findingsAboutTag } from "@/lib/extension/reference/tag-list-facts";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { BROKEN_LINKS, type BrokenLink, viewBrokenLinks } from "@/lib/marketplace/broken-links/broken-links";
import { type Deprecation, movedToOf, storedDeprecation } from "@/lib/marketplace/entries/change-extension";
import { type EntrySummary, viewEntry } from "@/lib/marketplace/entries/entry-view";
import { storedTagListFacts } from "@/lib/marketplace/inspections/tag-list-columns";
import { storedEnvelope } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { type UnavailabilityView, viewUnavailability } from "@/lib/marketplace/scans/availability";
import { FAILED_INSPECTIONS } from "@/lib/marketplace/scans/failed-inspections";
import { type ScanView, viewScan } from "@/lib/marketplace/scans/scan-view";
import { beyondApproval } from "@/lib/marketplace/versions/open-versions";
import { type VersionView, viewVersion } from "@/lib/marketplace/versions/version-view";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Entry, Prisma } from "@/lib/platform/prisma/client";

export type DecisionView = {
  at: string;
  actor: string;
  kind: string;
  reason: string | null;
  tag: string | null;
  digest: string | null;
};

export type EntryDetail = EntrySummary & {
  refusal: UnavailabilityView | null;
  deadMedia: BrokenLink[];
  deprecated: Deprecation | null;
  /** The familiar name of the repository that replaces it. */
  movedTo: string | null;
  envelope: Envelope;
  allVersions: EntryVersion[];
  history: DecisionView[];
  /** The last scan that has ended. */
  lastScan: (ScanView & { at: string }) | null;
};

export type EntryVersion = VersionView & {
  /** Capabilities beyond the approval, in words; empty when there are none or they are unknown. */
  beyondApproval: string[];
  /** Findings about the tag list, in addition to those of the report. */
  findings: ServedFinding[];
};

const PARTS = {
  entry: true,
  versions: {
    where: { current: true },
    orderBy: [{ firstSeenAt: "desc" }, { id: "desc" }],
    include: { inspection: { select: { report: true } } },
  },
} satisfies Prisma.ExtensionInclude;

type ExtensionWithEntry = Prisma.ExtensionGetPayload<{ include: typeof PARTS }>;

export async function getEntry(ctx: Context, input: { repository: string }): Promise<EntryDetail> {
  authorize(ctx.actor, "entry.change");
  const repository = parseRepository(input.repository);
  return read(async () => {
    const row = await ctx.db.prisma.extension.findUnique({
      where: { repository },
      include: {
        ...PARTS,
        ...BROKEN_LINKS,
        ...FAILED_INSPECTIONS,
        decisions: { orderBy: { at: "desc" }, take: HISTORY_LINES },
        scans: { where: { finishedAt: { not: null } }, orderBy: { finishedAt: "desc" }, take: 1 },
      },
    });
    if (!row?.entry) throw noEntry(repository);
    const [scan] = row.scans;
    const envelope = storedEnvelope(row.entry.envelope);
    const policy = await readPolicy(ctx.db.prisma);
    return {
      ...summaryOf(row, row.entry),
      refusal: viewUnavailability(row),
      deadMedia: viewBrokenLinks(row.mediaFailures),
      deprecated: storedDeprecation(row.deprecated),
      movedTo: movedToOf(row),
      envelope,
      allVersions: row.versions.toSorted(newestFirst).map((version) => ({
        ...viewVersion(version),
        beyondApproval: beyondApproval(envelope, version.inspection.report),
        findings: servedFindings(findingsAboutTag(version.tag, storedTagListFacts(row)), policy),
      })),
      history: row.decisions.map(({ at, actorName, kind, reason, tag, digest }) => ({
        at: at.toISOString(),
        actor: actorName,
        kind,
        reason,
        tag,
        digest,
      })),
      lastScan: scan?.finishedAt
        ? { ...viewScan(scan, row.failingTags), at: scan.finishedAt.toISOString() }
        : null,
    };
  });
}

const HISTORY_LINES = 200;

function summaryOf(row: ExtensionWithEntry, entry: Entry): EntrySummary {
  const newest = reportOf(row.versions[0]?.inspection.report ?? null);
  const count = (wanted: (version: ExtensionWithEntry["versions"][number]) => boolean) =>
    row.versions.filter(wanted).length;
  return {
    ...viewEntry(row, entry),
    title: newest?.labels.title ?? null,
    vendor: newest?.labels.vendor ?? null,
    versions: {
      listed: count(({ visibility }) => visibility === "listed"),
      held: count(({ visibility }) => visibility === "held"),
      moved: count(({ movedDigest }) => movedDigest !== null),
    },
    lastScanAt: row.lastScanAt?.toISOString() ?? null,
  };
}

function noEntry(repository: Repository): AppError {
  return new AppError("not_found", `${familiarName(repository)} has no entry in the allow-list.`, {
    suggestion: "Approve its submission, or add it to the allow-list.",
    apiHint: "Approve its submission, or add it with POST /api/v1/allow-list.",
  });
}

/** Every version row comes from a semver tag. */
function newestFirst(a: { semver: string }, b: { semver: string }): number {
  const [left, right] = [parseSemver(a.semver), parseSemver(b.semver)];
  return left && right ? compareSemver(right, left) : 0;
}
