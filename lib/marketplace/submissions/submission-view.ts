/** A submission as its submitter and reviewers see it: state, candidate, findings with fixes, history, place in the queue. */

import { type PreparedReleases, prepareReleases } from "@/lib/extension/desktop/desktop-release";
import type { Finding } from "@/lib/extension/findings/finding";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { type Policy, type ServedFinding, servedFindings } from "@/lib/extension/policy/policy";
import { findingsAboutCandidate } from "@/lib/extension/reference/tag-list-facts";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { Actor } from "@/lib/journal/actor";
import { type FindingsOfBlocks, findingsOfBlocks } from "@/lib/marketplace/blocks/blocked-image-findings";
import { BROKEN_LINKS, type BrokenLink, viewBrokenLinks } from "@/lib/marketplace/broken-links/broken-links";
import { storedTagListFacts, TAG_LIST_COLUMNS } from "@/lib/marketplace/inspections/tag-list-columns";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { type StoredError, storedError, storedRetryAt } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import {
  AVAILABILITY_COLUMNS,
  type UnavailabilityView,
  viewUnavailability,
} from "@/lib/marketplace/scans/availability";
import {
  FAILED_INSPECTIONS,
  type FailedInspectionView,
  viewFailedInspections,
} from "@/lib/marketplace/scans/failed-inspections";
import { isWithheld, withoutResult } from "@/lib/marketplace/submissions/withheld-result";
import type { Tx } from "@/lib/platform/db/database";
import type { Prisma, SubmissionState } from "@/lib/platform/prisma/client";

export type SubmissionView = {
  id: string;
  repository: string;
  state: SubmissionState;
  submitter: { id: string; name: string };
  candidate: { tag: string; digest: string } | null;
  /**
   * The last check read the image with stored registry credentials. Until it is approved, only people with a reviewing
   * role see what it found: submitting a name proves no right to a private repository.
   */
  isPrivate: boolean;
  findings: ServedFinding[];
  error: StoredError | null;
  /** While `errored`: the attempts since the last action of a person, and the time of the next retry. */
  retry: { attempts: number; at: string | null } | null;
  skippedTags: { tag: string; reason: string; message: string }[];
  timeline: { at: string; kind: string; actor: string; message: string | null }[];
  queue: { position: number; medianDecisionSeconds: number | null } | null;
  /** Once approved: the registry denies access to the repository. */
  refusal: UnavailabilityView | null;
  /** Once approved: pictures and links of the newest listed versions that no longer answer. */
  deadMedia: BrokenLink[];
  /** Once approved: version tags whose image could not be inspected. */
  failingTags: FailedInspectionView[];
  previousId: string | null;
  createdAt: string;
  updatedAt: string;
};

export const SUBMISSION_PARTS = {
  extension: {
    select: {
      repository: true,
      ...AVAILABILITY_COLUMNS,
      ...TAG_LIST_COLUMNS,
      ...BROKEN_LINKS,
      ...FAILED_INSPECTIONS,
    },
  },
  submitter: { select: { id: true, name: true } },
  inspection: { select: { report: true } },
  timeline: { orderBy: [{ at: "asc" }, { id: "asc" }] },
} satisfies Prisma.SubmissionInclude;

export type SubmissionWithParts = Prisma.SubmissionGetPayload<{ include: typeof SUBMISSION_PARTS }>;

export async function viewSubmission(tx: Tx, viewer: Actor, id: string): Promise<SubmissionView> {
  const row = await tx.submission.findUniqueOrThrow({ where: { id }, include: SUBMISSION_PARTS });
  const [view] = await viewSubmissions(tx, viewer, [row]);
  if (view) return view;
  throw new Error("one row gives one view");
}

export async function viewSubmissions(
  tx: Tx,
  viewer: Actor,
  rows: readonly SubmissionWithParts[],
): Promise<SubmissionView[]> {
  const policy = await readPolicy(tx);
  const releases = prepareReleases(await listDesktopReleases(tx));
  const blocks = await findingsOfBlocks(tx, rows.flatMap(reportIn));
  const queue = rows.some((row) => row.state === "in_review") ? await readQueue(tx) : undefined;
  return rows
    .map((row) => shape(row, { policy, releases, blocks, queue }))
    .map((view) => (isWithheld(view, viewer) ? withoutResult(view) : view));
}

/** What several submissions share, read once. */
type Shared = {
  policy: Policy;
  releases: PreparedReleases;
  blocks: FindingsOfBlocks;
  queue: ReviewQueue | undefined;
};

function shape(row: SubmissionWithParts, shared: Shared): SubmissionView {
  const { policy, queue } = shared;
  return {
    id: row.id,
    repository: nameOf(row.extension),
    state: row.state,
    submitter: row.submitter,
    candidate:
      row.candidateTag && row.candidateDigest ? { tag: row.candidateTag, digest: row.candidateDigest } : null,
    isPrivate: row.isPrivate,
    findings: servedFindings(findingsOf(row, shared), policy),
    error: storedError(row.error) ?? null,
    retry: row.state === "errored" ? { attempts: row.attempts, at: storedRetryAt(row.error) ?? null } : null,
    skippedTags: storedSkippedTags(row.skippedTags),
    timeline: row.timeline.map((line) => ({
      at: line.at.toISOString(),
      kind: line.kind,
      actor: line.actorName,
      message: line.message,
    })),
    queue: row.state === "in_review" && queue ? placeIn(queue, row.id) : null,
    refusal: row.state === "approved" ? viewUnavailability(row.extension) : null,
    deadMedia: row.state === "approved" ? viewBrokenLinks(row.extension.mediaFailures) : [],
    failingTags: row.state === "approved" ? viewFailedInspections(row.extension.failingTags) : [],
    previousId: row.previousId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A shadowing version, a Desktop release or a block can also appear after the candidate was inspected. */
function findingsOf(row: SubmissionWithParts, { policy, releases, blocks }: Shared): Finding[] {
  const aboutTags = findingsAboutCandidate(row.candidateTag, storedTagListFacts(row.extension));
  return reportIn(row).flatMap((report) => [
    ...currentFindings(report, { tag: row.candidateTag, aboutTags, releases, policy }),
    ...blocks(report),
  ]);
}

function reportIn({ inspection }: SubmissionWithParts): InspectionReport[] {
  return [reportOf(inspection?.report ?? null)].filter((report) => report !== undefined);
}

/** `Submission.skippedTags` is written by `recordSubmissionCheck` alone. */
function storedSkippedTags(value: Prisma.JsonValue): SubmissionView["skippedTags"] {
  return value as unknown as SubmissionView["skippedTags"];
}

type ReviewQueue = { ids: string[]; medianDecisionSeconds: number | null };

const RECENT_DECISIONS = 50;

async function readQueue(tx: Tx): Promise<ReviewQueue> {
  const waiting = await tx.submission.findMany({
    where: { state: "in_review" },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const decided = await tx.submission.findMany({
    where: { decidedAt: { not: null }, queuedAt: { not: null } },
    orderBy: { decidedAt: "desc" },
    take: RECENT_DECISIONS,
    select: { queuedAt: true, decidedAt: true },
  });
  return { ids: waiting.map((row) => row.id), medianDecisionSeconds: medianSeconds(decided) };
}

function placeIn(queue: ReviewQueue, id: string) {
  return { position: queue.ids.indexOf(id) + 1, medianDecisionSeconds: queue.medianDecisionSeconds };
}

function medianSeconds(decided: { queuedAt: Date | null; decidedAt: Date | null }[]): number | null {
  const durations = decided
    .flatMap(({ queuedAt, decidedAt }) =>
      queuedAt && decidedAt ? [(decidedAt.getTime() - queuedAt.getTime()) / 1000] : [],
    )
    .sort((a, b) => a - b);
  const middle = durations[Math.floor(durations.length / 2)];
  return middle === undefined ? null : Math.round(middle);
}
