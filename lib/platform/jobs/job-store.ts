import type { Database } from "@/lib/platform/db/database";
import type { Boss } from "@/lib/platform/jobs/boss";
import { type CrashDelay, crashDelaySeconds } from "@/lib/platform/jobs/crash-rules";

export type JobTiming = {
  heartbeatMs: number;
  /** A process that has been silent for this long counts as crashed, even if it is only frozen. */
  leaseSeconds: number;
  crashDelaySeconds: CrashDelay;
};

export const JOB_TIMING: JobTiming = { heartbeatMs: 5_000, leaseSeconds: 30, crashDelaySeconds };

/** Dependencies for taking, ending and recovering jobs. */
export type JobStore = { db: Database; boss: Boss; timing: JobTiming };
