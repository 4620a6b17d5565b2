/**
 * The job behind a scan: list the tags, ask where each known one points, inspect what is new. Unchanged input ends
 * with nothing written but the scan itself.
 */

import { parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { surveyTags } from "@/lib/inspection/tag-survey";
import type { Context } from "@/lib/journal/context";
import { recordedError } from "@/lib/marketplace/rows/recorded-error";
import { type BegunScan, beginScan } from "@/lib/marketplace/scans/begin-scan";
import { endScan, type ScanResult } from "@/lib/marketplace/scans/end-scan";
import { type FailingTag, readFailingTags } from "@/lib/marketplace/scans/failing-tags";
import { hostPause } from "@/lib/marketplace/scans/host-pause";
import { knownTags } from "@/lib/marketplace/scans/known-tags";
import { unknownTags } from "@/lib/marketplace/scans/unknown-tags";
import { recordTags } from "@/lib/marketplace/versions/record-tags";
import type { ObservedTag } from "@/lib/marketplace/versions/record-versions";
import type { MediaPort } from "@/lib/media/media-port";
import { hasCode } from "@/lib/platform/errors";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";
import { isAboutHost } from "@/lib/scanning/host-trouble";
import { learnNewVersions } from "@/lib/scanning/learn-new-versions";
import { refusalOf } from "@/lib/scanning/refusal";
import { rememberingClient } from "@/lib/scanning/remembering-client";
import { scanDelaySeconds } from "@/lib/scanning/retry-delay";
import { digestOfTag } from "@/lib/scanning/tags/digest-of-tag";
import { observeTags } from "@/lib/scanning/tags/observe-tags";
import { notesOn } from "@/lib/scanning/tags/skipped-notes";
import { tagsToLookAt } from "@/lib/scanning/tags/tags-to-look-at";
import { createTries, earliestTry, type Tries } from "@/lib/scanning/tags/tries";
import { withoutCollisions } from "@/lib/scanning/tags/version-collisions";

export type ScanInput = {
  scanId: string;
  intervalSeconds: number;
  media?: MediaPort | undefined;
  signal: AbortSignal;
  /** Called whenever some of the new versions are written. */
  progressed(): Promise<void>;
};

export async function scanExtension(ctx: Context, client: RegistryClient, input: ScanInput): Promise<void> {
  const scan = await beginScan(ctx, { scanId: input.scanId });
  if (!scan) return;
  const metered = rememberingClient(client.prioritised("background").metered());
  // Whoever asks by hand wants everything tried, so that nothing counts of what failed before.
  const before = scan.scheduled ? await readFailingTags(ctx.db, scan.extensionId) : [];
  const tries = createTries(before, ctx.clock.now(), Math.random());
  const result = await run({ ctx, client: metered, scan, tries, ...input });
  const { requests, bytes } = metered.cost();
  const { failing = before } = result;
  const unchanged = scan.scheduled && sameRows(before, failing);
  await endScan(ctx, {
    scan,
    result: { ...result, requests, bytes, failing: unchanged ? undefined : result.failing },
    nextScanAt: result.until ?? nextScan(ctx, failing, input.intervalSeconds),
  });
}

function sameRows(before: readonly FailingTag[], after: readonly FailingTag[]): boolean {
  const rows = new Set(before);
  return before.length === after.length && after.every((row) => rows.has(row));
}

function nextScan(ctx: Context, failing: readonly FailingTag[], intervalSeconds: number): Date {
  const ordinary = new Date(ctx.clock.now().getTime() + intervalSeconds * 1000);
  const early = earliestTry(failing, intervalSeconds);
  return early !== undefined && early < ordinary ? early : ordinary;
}

type Run = ScanInput & { ctx: Context; client: MeteredRegistryClient; scan: BegunScan; tries: Tries };
type Outcome = Omit<ScanResult, "requests" | "bytes">;
type Counts = Omit<Outcome, "event" | "error" | "until" | "failing">;

async function run(job: Run): Promise<Outcome> {
  const { ctx, client, scan, tries, signal } = job;
  const counts: Counts = { found: 0, listed: 0, held: 0, moved: 0, skipped: [] };
  try {
    const repository = parseRepository(scan.repository);
    const pause = await hostPause(ctx, repository);
    if (pause) return { ...counts, ...pause, event: "hit_rate_limit" };
    const tags = await client.tags(repository, { signal });
    counts.availability = "shown";
    const survey = await surveyTags(tags.tags, { priority: "background", signal });
    counts.skipped = notesOn(survey);
    const names = survey.versions;
    counts.found = names.length;
    const looked = await lookAtTags(job, repository, names);
    const { extensionId } = scan;
    const { observed, gaveUp } = looked;
    const { kept, collisions } = await withoutCollisions(observed, { priority: "background", signal });
    counts.skipped.push(...collisions);
    const { blocking } = survey;
    const listing = { extensionId, observed, listedTags: tags.tags, complete: tags.complete, blocking };
    const changed = await recordTags(ctx, listing);
    const fresh = await unknownTags(ctx, { extensionId, observed: kept });
    const learned = await learn(job, { repository, listedTags: tags.tags, fresh, counts });
    const still = new Set([...looked.waiting, ...learned.waiting]);
    const failing = tries.failing((tag) => still.has(tag) || !tags.complete || gaveUp !== undefined);
    if (gaveUp) return { ...counts, ...failed(job, gaveUp.error), failing };
    if (learned.stopped)
      return { ...counts, ...failed(job, learned.stopped.error), failing, event: "succeed_partly" };
    const [trouble] = [...learned.failures, ...looked.unanswered];
    if (trouble) return { ...counts, failing, error: recordedError(trouble.error), event: "succeed_partly" };
    if (!tags.complete || failing.length > 0) return { ...counts, failing, event: "succeed_partly" };
    const event = learned.tried + changed === 0 ? "find_nothing_new" : "succeed";
    return { ...counts, failing, event };
  } catch (error) {
    signal.throwIfAborted();
    return { ...counts, ...failed(job, error) };
  }
}

/** `waiting`: failing tags about which there is nothing new. */
async function lookAtTags(
  { ctx, client, scan, tries, intervalSeconds, signal }: Run,
  repository: Repository,
  names: readonly string[],
) {
  const versions = await knownTags(ctx, { extensionId: scan.extensionId });
  const known = new Map([...tries.pointed(), ...versions]);
  const waiting = names.filter((tag) => !known.has(tag) && tries.waits(tag, undefined));
  const round = Math.floor(ctx.clock.now().getTime() / (intervalSeconds * 1000));
  const asked = scan.scheduled ? tagsToLookAt(names, known, round) : new Set(names);
  const left = new Set(waiting);
  const looked = await observeTags(
    tries.failingLast(names.filter((tag) => !left.has(tag))),
    known,
    asked,
    (tag) => digestOfTag(client, repository, { tag, isNew: !known.has(tag) }, { signal }),
  );
  for (const { tag, error } of looked.unanswered) {
    if (known.has(tag)) waiting.push(tag);
    else tries.failed(tag, undefined, error);
  }
  const found = new Map(looked.observed.map((each) => [each.tag, each]));
  return { ...looked, observed: names.flatMap((tag) => found.get(tag) ?? []), waiting };
}

type Fresh = {
  repository: Repository;
  listedTags: readonly string[];
  fresh: readonly ObservedTag[];
  counts: Counts;
};

/** Inspects what is due. `stopped`: what kept it from being done, and will keep every other tag; `waiting` wait for that too. */
async function learn({ ctx, client, scan, tries, media, signal, progressed }: Run, found: Fresh) {
  const due = found.fresh.filter(({ tag, digest }) => !tries.waits(tag, digest));
  const waiting = found.fresh.filter(({ tag, digest }) => tries.waits(tag, digest)).map(({ tag }) => tag);
  const work = { ...found, extensionId: scan.extensionId, fresh: due, media, signal, progressed };
  const failures = await learnNewVersions(ctx, client, work);
  for (const { digest, error } of failures) {
    const tags = due.filter((observed) => observed.digest === digest).map(({ tag }) => tag);
    if (isAboutHost(error)) waiting.push(...tags);
    else for (const tag of tags) tries.failed(tag, digest, error);
  }
  const stopped = failures.find(({ error }) => isAboutHost(error));
  return { tried: due.length, failures, stopped, waiting };
}

function failed(
  { ctx, scan, intervalSeconds }: Run,
  error: unknown,
): Pick<Outcome, "event" | "error" | "until" | "availability"> {
  const refusal = refusalOf(error);
  // Nothing is gained by asking again soon: somebody has to do something there first.
  if (refusal !== undefined) return { event: "fail", error: recordedError(error), availability: refusal };
  const seconds = scanDelaySeconds(scan.failuresBefore, intervalSeconds, error);
  const until = new Date(ctx.clock.now().getTime() + seconds * 1000);
  const event = hasCode(error, "registry_rate_limited") ? "hit_rate_limit" : "fail";
  return { event, error: recordedError(error), until };
}
