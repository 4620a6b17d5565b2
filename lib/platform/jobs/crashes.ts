/** Crash counts per kind and subject. Written only when a worker died, so that ordinary runs cost nothing. */

import type { Tx } from "@/lib/platform/db/database";
import { type CrashDelay, isDeadLetter } from "@/lib/platform/jobs/crash-rules";
import type { JobCrash, JobRun } from "@/lib/platform/prisma/client";

type About = { kind: string; subject: string };

export async function readCrashes(tx: Tx, { kind, subject }: About): Promise<JobCrash | undefined> {
  return (await tx.jobCrash.findUnique({ where: { kind_subject: { kind, subject } } })) ?? undefined;
}

/** The run ended without a crash, whatever its result. A dead letter stays one until an admin retries it. */
export async function forgetCrashes(tx: Tx, { kind, subject }: About): Promise<void> {
  await tx.jobCrash.deleteMany({ where: { kind, subject, deadSince: null } });
}

/** Counts one crash for a run that had started when its process died. Returns the pause before the next one. */
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
  // The people who wait for a dead letter get its error at once.
  return isDeadLetter({ ...counted, deadSince: before?.deadSince ?? null })
    ? 0
    : delaySeconds(counted.crashes);
}

/**
 * A process died although it ran no job: processes die for other reasons here, so earlier crashes alone prove nothing.
 * The pauses between runs stay as long as they were.
 */
export async function exonerate(tx: Tx): Promise<void> {
  await tx.jobCrash.updateMany({
    where: { deadSince: null, crashesAlone: { gt: 0 } },
    data: { crashesAlone: 0 },
  });
}

/** Seconds until a job about this may run again; also holds for jobs that were sent after the crash. */
export async function secondsToWait(tx: Tx, crash: JobCrash, delaySeconds: CrashDelay): Promise<number> {
  const readyAt = crash.lastCrashAt.getTime() + delaySeconds(crash.crashes) * 1000;
  return Math.max(0, Math.ceil((readyAt - (await databaseNow(tx)).getTime()) / 1000));
}

async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row?.now ?? new Date();
}
