/**
 * The job behind a scan: list the tags, look up where they point, inspect what is new. With unchanged input nothing is
 * written but the scan itself.
 */

import { surveyTags } from "@/lib/inspection/tag-survey";
import type { Context } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import {
  closeScan,
  NO_PROGRESS,
  type ScanProgress,
  type ScanResult,
} from "@/lib/marketplace/scans/close-scan";
import type { FailedInspection } from "@/lib/marketplace/scans/failed-inspections";
import { type OpenScan, openScan } from "@/lib/marketplace/scans/open-scan";
import { recordTags } from "@/lib/marketplace/versions/record-tags";
import type { Recorded } from "@/lib/marketplace/versions/record-versions";
import type { MediaPort } from "@/lib/media/media-port";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";
import { withStoredCredentials } from "@/lib/scanning/credentials/with-credentials";
import { inspectNewVersions } from "@/lib/scanning/inspect-new-versions";
import { rememberingClient } from "@/lib/scanning/remembering-client";
import { endingOf, failureEnding, nextScanAt, type ScanTiming } from "@/lib/scanning/scan-outcome";
import { findMissingTags, incompleteTagList } from "@/lib/scanning/tags/missing-tags";
import { digestOfTag, type Observation, observeTags } from "@/lib/scanning/tags/observe-tags";
import { planInspections, planScan, type ScanPlan } from "@/lib/scanning/tags/plan-scan";
import { type Failure, type RetryState, retryState } from "@/lib/scanning/tags/retry-state";
import { collisionNotes, findCollisions, skippedNotes } from "@/lib/scanning/tags/version-tags";

export type ScanInput = {
  scanId: string;
  intervalSeconds: number;
  media?: MediaPort | undefined;
  signal: AbortSignal;
  /** Called after each group of new versions that is recorded. */
  progressed(): Promise<void>;
};

export async function scanExtension(ctx: Context, client: RegistryClient, input: ScanInput): Promise<void> {
  const scan = await openScan(ctx, { scanId: input.scanId });
  if (!scan) return;
  const scanWith = (each: RegistryClient) => conductScan(ctx, each, scan, input);
  await (scan.isAllowed ? withStoredCredentials(ctx, client, scanWith) : scanWith(client));
}

async function conductScan(
  ctx: Context,
  client: RegistryClient,
  scan: OpenScan,
  input: ScanInput,
): Promise<void> {
  const metered = rememberingClient(client.prioritized("background").metered());
  // A scan that a person requests retries everything, so earlier failures do not count.
  const before = scan.scheduled ? scan.failing : [];
  const retry = retryState(before, ctx.clock.now(), Math.random());
  const job = { ctx, client: metered, scan, retry, ...input };
  const ended = await runScan(job);
  const { failing = before } = ended;
  const unchanged = scan.scheduled && sameRows(before, failing);
  await closeScan(ctx, {
    scan,
    result: { ...ended, ...metered.cost(), failing: unchanged ? undefined : ended.failing },
    nextScanAt: ended.until ?? nextScanAt(timingOf(job), failing),
  });
}

function sameRows(before: readonly FailedInspection[], after: readonly FailedInspection[]): boolean {
  const rows = new Set(before);
  return before.length === after.length && after.every((row) => rows.has(row));
}

type ScanJob = ScanInput & {
  ctx: Context;
  client: MeteredRegistryClient;
  scan: OpenScan;
  retry: RetryState;
};

/** Each step returns what it achieved; only this function adds that up, so an error keeps what was done before it. */
async function runScan(job: ScanJob): Promise<Omit<ScanResult, "requests" | "bytes">> {
  const { ctx, client, scan, retry, signal } = job;
  const turn = { priority: "background", signal } as const;
  const { extensionId, repository, versions } = scan;
  let progress = NO_PROGRESS;
  try {
    if (scan.pause) return { ...progress, ...scan.pause, event: "hit_rate_limit" };
    const tagList = await client.tags(repository, { signal });
    progress = { ...progress, availability: "shown" };
    const survey = await surveyTags(tagList.tags, turn);
    progress = { ...progress, found: survey.versions.length, skipped: skippedNotes(survey) };
    const plan = planScan({ tags: survey.versions, versions, retry, round: roundOf(job) });
    const seen = await lookUp(job, plan, survey.versions);
    const collisions = await findCollisions(seen.observed, turn);
    const notes = collisionNotes(collisions, (tag) => versions.has(tag));
    progress = { ...progress, skipped: [...progress.skipped, ...notes] };
    const inspections = planInspections({ observed: seen.observed, collisions, versions, retry });
    const { due } = inspections;
    const {
      listed: listedTags,
      missing: missingTags,
      gap,
    } = await findMissingTags(tagList, versions, (tag) => client.resolve(repository, tag, { signal }));
    const tagFacts = gap === undefined ? survey.facts : undefined;
    const found = { observed: seen.observed, listedTags, missingTags, facts: tagFacts };
    const { changed, learned } = await recordTags(ctx, { extensionId, ...found, due });
    const layerFacts = storedLayerFacts(ctx.db, client, repository);
    const work = { extensionId, repository, due, learned, layerFacts, media: job.media, signal };
    const failures: Failure[] = [];
    for await (const group of inspectNewVersions(ctx, client, work)) {
      progress = withRecorded(progress, group.recorded);
      failures.push(...group.failures);
      if (group.wrote) await job.progressed();
    }
    const timing = timingOf(job);
    const trouble = gap === undefined ? undefined : incompleteTagList(repository, gap);
    const facts = { timing, retry, listError: trouble, plan, seen, inspections, failures, changed };
    return { ...progress, ...endingOf(facts) };
  } catch (error) {
    signal.throwIfAborted();
    return { ...progress, ...failureEnding(timingOf(job), error) };
  }
}

function timingOf({ ctx, scan, intervalSeconds }: ScanJob): ScanTiming {
  return { now: ctx.clock.now(), intervalSeconds, failuresBefore: scan.failuresBefore };
}

/** Scheduled scans look the older tags up in turn. */
function roundOf({ ctx, scan, intervalSeconds }: ScanJob): number | undefined {
  if (!scan.scheduled) return undefined;
  return Math.floor(ctx.clock.now().getTime() / (intervalSeconds * 1000));
}

/** In the order of `tags`. */
async function lookUp(
  { client, scan, signal }: ScanJob,
  plan: ScanPlan,
  tags: readonly string[],
): Promise<Observation> {
  const seen = await observeTags(plan.lookUp, (tag) => digestOfTag(client, scan.repository, tag, { signal }));
  const found = new Map([...plan.remembered, ...seen.observed].map((each) => [each.tag, each]));
  return { ...seen, observed: tags.flatMap((tag) => found.get(tag) ?? []) };
}

function withRecorded(progress: ScanProgress, { listed, held, moved }: Recorded): ScanProgress {
  return {
    ...progress,
    listed: progress.listed + listed,
    held: progress.held + held,
    moved: progress.moved + moved,
  };
}
