/** What a job is to the queue. */

/** A kind of job and how its failures are repeated. `data` says what the handler gets; keep it readable by older handlers. */
export type JobKind<Data extends object> = {
  name: string;
  retryLimit: number;
  retryDelaySeconds: number;
  /** A handler that runs longer is aborted, and its job counts as failed. */
  expireInSeconds: number;
  /** What the job is about. Crashes are counted per kind and subject, also across jobs: a repeat gets a new job. */
  subject(data: Data): string;
  /** Tags the payload type; never set. */
  data?: Data;
};

export type JobContext = {
  jobId: string;
  /** Aborted when the process stops, the job expires or its lease is lost. */
  signal: AbortSignal;
  /** Call it after writing a part of the result that a repeat does not have to do again: it resets the crash count. */
  progressed(): Promise<void>;
};

export type JobHandlers<Data extends object> = {
  /** A run that throws is repeated, up to the limit. */
  run(data: Data, context: JobContext): Promise<void>;
  /** Called instead of `run` for a job whose subject is a dead letter: tell the people who wait for the result. */
  gaveUp(data: Data, context: { jobId: string; crashes: number }): Promise<void>;
};
