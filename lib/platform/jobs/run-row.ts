import type { TakenJob } from "@/lib/platform/jobs/boss";
import type { JobKind } from "@/lib/platform/jobs/job-kind";
import type { JobRun, Prisma } from "@/lib/platform/prisma/client";

type Run = {
  job: TakenJob;
  kind: JobKind<object>;
  subject: string;
  workerId: string;
  startedAt: Date | null;
};

export function toRow({ job, kind, ...rest }: Run): Prisma.JobRunUncheckedCreateInput {
  return { ...rest, jobId: job.id, key: job.key, data: asJson(job.data), kind: kind.name };
}

/** The job of a run. `JobRun.data` is written by `toRow` alone. */
export function jobOf({ jobId, key, data }: JobRun): TakenJob {
  return { id: jobId, key, data: data as object };
}

/** A payload came out of a JSON column. */
function asJson(data: object): Prisma.InputJsonValue {
  return data as unknown as Prisma.InputJsonValue;
}
