/** Crash counts per kind and subject. Written only after a worker died, so that ordinary runs cost nothing. */

import type { Tx } from "@/lib/platform/db/database";
import { type CrashDelay, isDeadLetter } from "@/lib/platform/jobs/crash-rules";
import type { JobCrash, JobRun } from "@/lib/platform/prisma/client";

type About = { kind: string; subject: string };

export async function readCrashes(tx: Tx, { kind, subject }: About): Promise<JobCrash | undefined> {
  return (await tx.jobCrash.findUnique({ where: { kind_subject: { kind, subject } } })) ?? undefined;
}

/**
 * Called for a run that ended without a crash, whatever its result. A dead letter stays one until an admin retries it.
 */
export async function forgetCrashes(tx: Tx, { kind, subject }: About): Promise<void> {
  await tx.jobCrash.deleteMany({ where: { kind, subject, deadSince: null } });
}

/** Counts one crash for a run that had started when its process died. Returns the pause before the next run. */
export async function countCrash(tx: Tx, run: JobRun, delaySeconds: CrashDelay): Promise<number> {
  const { kind, subject } = run;
  const before = run.progressedAt ? undefined : await readCrashes(tx, run);
  const counted = {
    crashes: (before?.crashes ?? 0) + 1,
    crashesAlone: (before?.crashesAlone ?? 0) + (run.alone ? 1 : 0),
    lastCrashAt: await databaseNow(tx),
  };
  await tx.jobCrash.upsert({
    where: { kind_subject: { kind, subject } },
    create: { kind, subject, ...counted },
    update: counted,
  });
  // Callers waiting for a dead letter get its error at once.
  return isDeadLetter({ ...counted, deadSince: before?.deadSince ?? null })
    ? 0
    : delaySeconds(counted.crashes);
}

/**
 * Called when a process died without running a job: if processes also die for other reasons, earlier crashes in
 * isolation prove nothing. The pauses between runs stay the same.
 */
export async function exonerate(tx: Tx): Promise<void> {
  await tx.jobCrash.updateMany({
    where: { deadSince: null, crashesAlone: { gt: 0 } },
    data: { crashesAlone: 0 },
  });
}

/** Seconds until a job with this subject can run again; also applies to jobs sent after the crash. */
export async function secondsToWait(tx: Tx, crash: JobCrash, delaySeconds: CrashDelay): Promise<number> {
  const readyAt = crash.lastCrashAt.getTime() + delaySeconds(crash.crashes) * 1000;
  return Math.max(0, Math.ceil((readyAt - (await databaseNow(tx)).getTime()) / 1000));
}

async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row?.now ?? new Date();
}
