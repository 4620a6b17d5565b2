/** Recovers the jobs of a dead worker: returns each to the queue and counts crashes. */

import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { countCrash, exonerate } from "@/lib/platform/jobs/crashes";
import type { JobStore } from "@/lib/platform/jobs/job-store";
import { lockDeadWorker } from "@/lib/platform/jobs/lease";
import { jobOf } from "@/lib/platform/jobs/run-row";
import type { JobRun } from "@/lib/platform/prisma/client";

export type Recovered = {
  /** Jobs that had started; any of them can be the cause. Empty after a graceful stop. */
  suspects: JobRun[];
  /** Number of jobs returned to the queue. */
  jobs: number;
};

/** Undefined if the worker is alive, or if another process was faster. */
export async function recoverWorker(
  { db, boss, timing }: JobStore,
  workerId: string,
  leaseSeconds: number,
): Promise<Recovered | undefined> {
  return transact(db, async (tx) => {
    const dead = await lockDeadWorker(tx, workerId, leaseSeconds);
    if (dead === undefined) return undefined;
    const runs = await tx.jobRun.findMany({ where: { workerId }, orderBy: { takenAt: "asc" } });
    const suspects = dead.stopping ? [] : runs.filter(({ startedAt }) => startedAt !== null);
    if (!dead.stopping && suspects.length === 0) await exonerate(tx);
    const suspected = new Set(suspects);
    for (const run of runs) {
      const pauseSeconds = suspected.has(run) ? await countCrash(tx, run, timing.crashDelaySeconds) : 0;
      await boss.giveBack(tx, run.kind, jobOf(run), pauseSeconds);
    }
    await endWorker(tx, workerId);
    return { suspects, jobs: runs.length };
  });
}

async function endWorker(tx: Tx, workerId: string): Promise<void> {
  await tx.jobRun.deleteMany({ where: { workerId } });
  await tx.jobWorker.delete({ where: { id: workerId } });
}
