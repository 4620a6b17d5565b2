/** Takes jobs: in one transaction, a job becomes active and gets its run row before any of it runs. */

import type { Database } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { TakenJob } from "@/lib/platform/jobs/boss";
import { isDeadLetter, runsAlone } from "@/lib/platform/jobs/crash-rules";
import { forgetCrashes, readCrashes, secondsToWait } from "@/lib/platform/jobs/crashes";
import type { JobKind } from "@/lib/platform/jobs/job-kind";
import type { JobStore } from "@/lib/platform/jobs/job-store";
import { holdLease } from "@/lib/platform/jobs/lease";
import { toRow } from "@/lib/platform/jobs/run-row";

/** `alone`: in isolation, after crashes. `dead`: not at all; those who wait get an error. */
export type HowToRun = "beside others" | "alone" | "dead";
export type Taken = { job: TakenJob; kind: JobKind<object>; how: HowToRun; crashes: number };

/** Takes the next due job of the kind. Undefined if none is due, the due one must wait longer, or the lease is lost. */
export async function takeJob(
  { db, boss, timing }: JobStore,
  workerId: string,
  kind: JobKind<object>,
): Promise<Taken | undefined> {
  return transact(db, async (tx) => {
    if (!(await holdLease(tx, workerId))) return undefined;
    const job = await boss.take(tx, kind.name);
    if (job === undefined) return undefined;
    const subject = kind.subject(job.data);
    const crash = await readCrashes(tx, { kind: kind.name, subject });
    const wait = crash && !isDeadLetter(crash) ? await secondsToWait(tx, crash, timing.crashDelaySeconds) : 0;
    if (wait > 0) {
      await boss.giveBack(tx, kind.name, job, wait);
      return undefined;
    }
    const how = crash === undefined ? "beside others" : howToRun(crash);
    const startedAt = how === "beside others" ? new Date() : null;
    await tx.jobRun.create({ data: toRow({ job, kind, subject, workerId, startedAt }) });
    return { job, kind, how, crashes: crash?.crashes ?? 0 };
  });
}

function howToRun(crash: Parameters<typeof isDeadLetter>[0]): HowToRun {
  if (isDeadLetter(crash)) return "dead";
  return runsAlone(crash) ? "alone" : "beside others";
}

/** Marks a job that waited for isolation as running. False if the lease was lost meanwhile. */
export async function startAlone(db: Database, workerId: string, { job }: Taken): Promise<boolean> {
  const { count } = await db.prisma.jobRun.updateMany({
    where: { jobId: job.id, workerId },
    data: { startedAt: new Date(), alone: true },
  });
  return count > 0;
}

export async function noteProgress(db: Database, workerId: string, { job }: Taken): Promise<void> {
  await db.prisma.jobRun.updateMany({
    where: { jobId: job.id, workerId },
    data: { progressedAt: new Date() },
  });
}

/**
 * Ends a run: completes or fails the job and resets its crash count. False if the lease was lost and the job belongs to
 * another worker.
 */
export async function endRun(
  { db, boss }: JobStore,
  workerId: string,
  { job, kind, how }: Taken,
  failure: { error: unknown } | undefined,
): Promise<boolean> {
  return transact(db, async (tx) => {
    if (!(await holdLease(tx, workerId))) return false;
    const { count } = await tx.jobRun.deleteMany({ where: { jobId: job.id, workerId } });
    if (count === 0) return false;
    if (how !== "dead") await forgetCrashes(tx, { kind: kind.name, subject: kind.subject(job.data) });
    if (failure) await boss.fail(tx, kind.name, job.id, failure.error);
    else await boss.complete(tx, kind.name, job.id);
    return true;
  });
}
