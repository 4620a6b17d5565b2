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

/** Maps jobs to and from `JobRun` rows. Only `toRow` writes `JobRun.data`. */
export function jobOf({ jobId, key, data }: JobRun): TakenJob {
  return { id: jobId, key, data: data as object };
}

/** The payload comes from a JSON column. */
function asJson(data: object): Prisma.InputJsonValue {
  return data as unknown as Prisma.InputJsonValue;
}
