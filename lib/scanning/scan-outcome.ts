/** How a scan ends: its state, the tags that still fail, and when the next scan is due. */

import { recordedError } from "@/lib/marketplace/rows/json-columns";
import type { ScanProgress, ScanResult } from "@/lib/marketplace/scans/close-scan";
import type { FailedInspection } from "@/lib/marketplace/scans/failed-inspections";
import { type AppError, hasCode } from "@/lib/platform/errors";
import { pauseDemandedBy } from "@/lib/registry/oci/demanded-pause";
import { isAboutHost, isFinal, scanDelaySeconds, unavailabilityOf } from "@/lib/scanning/scan-error";
import type { Observation } from "@/lib/scanning/tags/observe-tags";
import type { InspectionPlan, ScanPlan } from "@/lib/scanning/tags/plan-scan";
import { earliestTry, type Failure, type RetryState } from "@/lib/scanning/tags/retry-state";

export type ScanOutcome = Omit<ScanResult, Exclude<keyof ScanProgress, "availability">> &
  Pick<ScanProgress, "availability">;
type Ending = Omit<ScanOutcome, "requests" | "bytes">;

/** `now`, and what the back-off depends on. */
export type ScanTiming = { now: Date; intervalSeconds: number; failuresBefore: number };

export type ScanFacts = {
  timing: ScanTiming;
  retry: RetryState;
  /** Why the registry's tag list is not proven whole; undefined if it is. */
  listError: AppError | undefined;
  plan: ScanPlan;
  seen: Observation;
  inspections: InspectionPlan;
  failures: readonly Failure[];
  /** Versions whose tag changed. */
  changed: number;
};

/** The end of a scan that no error stopped. */
export function endingOf(facts: ScanFacts): Ending {
  const { timing, listError, seen, inspections, failures, changed } = facts;
  const failing = failingAfter(facts);
  if (seen.gaveUp) return { ...failureEnding(timing, seen.gaveUp.error), failing };
  const stopped = failures.find(({ error }) => isAboutHost(error));
  if (stopped) return { ...failureEnding(timing, stopped.error), failing, event: "succeed_partly" };
  const [trouble] = [...failures, ...seen.unanswered];
  const error = trouble?.error ?? listError;
  if (error !== undefined) return { failing, error: recordedError(error), event: "succeed_partly" };
  if (failing.length > 0) return { failing, event: "succeed_partly" };
  return { failing, event: inspections.due.length + changed === 0 ? "find_nothing_new" : "succeed" };
}

/** The end of a scan that an error stopped. */
export function failureEnding(
  { now, intervalSeconds, failuresBefore }: ScanTiming,
  error: unknown,
): Omit<Ending, "failing"> {
  const refusal = unavailabilityOf(error);
  // An early retry would gain nothing: a person has to act in the registry first.
  if (refusal !== undefined) return { event: "fail", error: recordedError(error), availability: refusal };
  if (isFinal(error)) return { event: "fail", error: recordedError(error) };
  const pausedUntil = pauseDemandedBy(error);
  const untilMs = now.getTime() + scanDelaySeconds(failuresBefore, intervalSeconds, error) * 1000;
  const until = new Date(Math.max(untilMs, pausedUntil?.getTime() ?? 0));
  const isLimited = pausedUntil !== undefined || hasCode(error, "registry_rate_limited");
  return { event: isLimited ? "hit_rate_limit" : "fail", error: recordedError(error), until, pausedUntil };
}

/** After the interval, or earlier for a retry that is due sooner. */
export function nextScanAt({ now, intervalSeconds }: ScanTiming, failing: readonly FailedInspection[]): Date {
  const ordinary = new Date(now.getTime() + intervalSeconds * 1000);
  const early = earliestTry(failing, intervalSeconds);
  return early !== undefined && early < ordinary ? early : ordinary;
}

/** A failure that the next image would meet as well is held against no tag. */
function failingAfter({
  retry,
  listError,
  plan,
  seen,
  inspections,
  failures,
}: ScanFacts): FailedInspection[] {
  const lost = seen.unanswered.filter(({ isNew }) => isNew);
  const failed: Failure[] = [
    ...lost.map(({ tag, error }) => ({ tag, digest: undefined, error })),
    ...failures.filter(({ error }) => !isAboutHost(error)),
  ];
  const still = new Set([
    ...plan.waiting,
    ...inspections.waiting,
    ...seen.unanswered.filter(({ isNew }) => !isNew).map(({ tag }) => tag),
    ...failures.filter(({ error }) => isAboutHost(error)).map(({ tag }) => tag),
  ]);
  return retry.after(failed, (tag) => still.has(tag) || listError !== undefined || seen.gaveUp !== undefined);
}
