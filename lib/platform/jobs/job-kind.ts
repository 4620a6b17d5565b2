/** Job kinds and handlers, as the queue sees them. */

/** A kind of job and its retry policy. `data` is the type of the payload; older handlers must be able to read it. */
export type JobKind<Data extends object> = {
  name: string;
  retryLimit: number;
  retryDelaySeconds: number;
  /** Time limit: a handler that runs longer is aborted, and its job counts as failed. */
  expireInSeconds: number;
  /**
   * What the job is about. Crashes are counted per kind and subject, also across jobs, because a retry is a new job.
   */
  subject(data: Data): string;
  /** Type tag for the payload; never set. */
  data?: Data;
};

export type JobContext = {
  jobId: string;
  /** Aborts when the process stops, the job expires or its lease is lost. */
  signal: AbortSignal;
  /** Call this after storing a partial result that a retry need not repeat: it resets the crash count. */
  progressed(): Promise<void>;
};

export type JobHandlers<Data extends object> = {
  /** Runs the job. A run that throws is retried, up to the limit. */
  run(data: Data, context: JobContext): Promise<void>;
  /**
   * Called instead of `run` for a job whose subject is a dead letter: report the failure to those who wait for the
   * result.
   */
  gaveUp(data: Data, context: { jobId: string; crashes: number }): Promise<void>;
};
