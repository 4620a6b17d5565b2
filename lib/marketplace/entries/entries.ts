/** Reading the allow-list as its keepers see it: every entry in every state, its versions, what was decided. */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import { type ServedFinding, servedFindings } from "@/lib/extension/policy/policy";
import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { compareSemver, parseSemver } from "@/lib/extension/reference/semver";
import { authorise } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { DEAD_MEDIA, type DeadMedia, viewDeadMedia } from "@/lib/marketplace/dead-media/dead-media";
import { type Deprecation, movedToOf, storedDeprecation } from "@/lib/marketplace/entries/change-extension";
import { type EntryView, viewEntry } from "@/lib/marketplace/entries/entry-view";
import { highTagFindingsOf } from "@/lib/marketplace/inspections/high-tag";
import { storedEnvelope } from "@/lib/marketplace/rows/stored";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { type RefusalView, viewRefusal } from "@/lib/marketplace/scans/availability";
import { FAILING_TAGS } from "@/lib/marketplace/scans/failing-tags";
import { type ScanView, viewScan } from "@/lib/marketplace/scans/scan-view";
import { beyondApproval } from "@/lib/marketplace/versions/open-versions";
import { type VersionView, viewVersion } from "@/lib/marketplace/versions/version-view";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { EntryState, Prisma } from "@/lib/platform/prisma/client";

export type EntrySummary = EntryView & {
  title: string | null;
  vendor: string | null;
  /** How many versions are listed, wait for a decision, or have a tag that moved. */
  versions: { listed: number; held: number; moved: number };
  lastScanAt: string | null;
};

export type DecisionView = {
  at: string;
  actor: string;
  kind: string;
  reason: string | null;
  tag: string | null;
  digest: string | null;
};

export type EntryDetail = EntrySummary & {
  refusal: RefusalView | null;
  deadMedia: DeadMedia[];
  deprecated: Deprecation | null;
  /** The familiar name of the repository that takes its place. */
  movedTo: string | null;
  envelope: Envelope;
  allVersions: EntryVersion[];
  history: DecisionView[];
  /** The last one that has ended. */
  lastScan: (ScanView & { at: string }) | null;
};

export type EntryVersion = VersionView & {
  /** What it does that the approval did not see, in words; empty when nothing or not known. */
  beyondApproval: string[];
  /** What the tag list says of it, beside what stands in its report. */
  findings: ServedFinding[];
};

const PARTS = {
  entry: true,
  versions: {
    where: { current: true },
    orderBy: { firstSeenAt: "desc" },
    include: { inspection: { select: { report: true } } },
  },
} satisfies Prisma.ExtensionInclude;

type ExtensionWithEntry = Prisma.ExtensionGetPayload<{ include: typeof PARTS }>;

export async function listEntries(
  ctx: Context,
  input: { state?: EntryState | undefined },
): Promise<EntrySummary[]> {
  authorise(ctx.actor, "entry.change");
  return read(async () => {
    const entry = input.state ? { state: input.state } : { isNot: null };
    const rows = await ctx.db.prisma.extension.findMany({
      where: { entry },
      include: PARTS,
    });
    // The database's own order would depend on its collation.
    return rows.toSorted(byRepository).flatMap((row) => summary(row) ?? []);
  });
}

export async function getEntry(ctx: Context, input: { repository: string }): Promise<EntryDetail> {
  authorise(ctx.actor, "entry.change");
  const repository = parseRepository(input.repository);
  return read(async () => {
    const row = await ctx.db.prisma.extension.findUnique({
      where: { repository },
      include: {
        ...PARTS,
        ...DEAD_MEDIA,
        ...FAILING_TAGS,
        decisions: { orderBy: { at: "desc" }, take: HISTORY_LINES },
        scans: { where: { finishedAt: { not: null } }, orderBy: { finishedAt: "desc" }, take: 1 },
      },
    });
    const shown = row ? summary(row) : undefined;
    if (!row?.entry || !shown) throw noEntry(repository);
    const [scan] = row.scans;
    const envelope = storedEnvelope(row.entry.envelope);
    const policy = await readPolicy(ctx.db.prisma);
    return {
      ...shown,
      refusal: viewRefusal(row),
      deadMedia: viewDeadMedia(row.mediaFailures),
      deprecated: storedDeprecation(row.deprecated),
      movedTo: movedToOf(row),
      envelope,
      allVersions: row.versions.toSorted(newestFirst).map((version) => ({
        ...viewVersion(version),
        beyondApproval: beyondApproval(envelope, version.inspection.report),
        findings: servedFindings(highTagFindingsOf(row, version.tag), policy),
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

function summary(row: ExtensionWithEntry): EntrySummary | undefined {
  if (!row.entry) return undefined;
  const newest = reportOf(row.versions[0]?.inspection.report ?? null);
  const count = (wanted: (version: ExtensionWithEntry["versions"][number]) => boolean) =>
    row.versions.filter(wanted).length;
  return {
    ...viewEntry(row, row.entry),
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

function byRepository(a: { repository: string }, b: { repository: string }): number {
  if (a.repository === b.repository) return 0;
  return a.repository < b.repository ? -1 : 1;
}

/** Every version row was made from a tag that is semver. */
function newestFirst(a: { semver: string }, b: { semver: string }): number {
  const [left, right] = [parseSemver(a.semver), parseSemver(b.semver)];
  return left && right ? compareSemver(right, left) : 0;
}
