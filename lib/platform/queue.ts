/** The job queue: pg-boss on the same database, so that a job exists if and only if its transaction committed. */

import type { Database, Tx } from "@/lib/platform/db/database";
import { startBoss } from "@/lib/platform/jobs/boss";
import type { JobHandlers, JobKind } from "@/lib/platform/jobs/job-kind";
import { JOB_TIMING, type JobTiming } from "@/lib/platform/jobs/job-store";
import { JobWorker } from "@/lib/platform/jobs/worker";
import type { Log } from "@/lib/platform/log";

export type SendOptions = { startAfterSeconds?: number };

export type Queue = {
  /**
   * Adds a job inside the caller's transaction; a rollback removes it. While a job of this kind with the same key is
   * waiting, no second one is added; a running one does not count.
   */
  send<Data extends object>(
    tx: Tx,
    kind: JobKind<Data>,
    key: string,
    data: Data,
    options?: SendOptions,
  ): Promise<void>;
  /** Jobs of this kind that no lane has taken yet. */
  waiting(kind: JobKind<object>): Promise<number>;
  /**
   * Starts `concurrency` lanes that take jobs of this kind. A job whose process crashes runs again, in isolation after
   * two crashes; after repeated crashes in isolation it is a dead letter
   * (docs/decisions/015-jobs-that-crash-the-process.md).
   */
  work<Data extends object>(
    kind: JobKind<Data>,
    concurrency: number,
    handlers: JobHandlers<Data>,
  ): Promise<void>;
  /** Takes no more jobs, gives running ones a few seconds, then returns. */
  stop(): Promise<void>;
};

export type QueueOptions = {
  db: Database;
  log: Log;
  kinds: readonly JobKind<object>[];
  /** Workers maintain the tables; processes that only send jobs do not. */
  maintain: boolean;
  /** True if no other process works on this database, so that a job marked as running was left behind by a dead one. */
  alone: boolean;
  /** Tests use shorter times. */
  timing?: JobTiming;
};

export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { db, log, kinds, maintain, alone, timing = JOB_TIMING } = options;
  const boss = await startBoss({ db, log, kinds, maintain });
  const worker = new JobWorker({ db, boss, log, alone, timing });
  return {
    async send(tx, kind, key, data, { startAfterSeconds = 0 } = {}) {
      await boss.send(tx, kind.name, key, data, startAfterSeconds);
    },
    waiting: (kind) => boss.waiting(kind.name),
    async work<Data extends object>(kind: JobKind<Data>, concurrency: number, handlers: JobHandlers<Data>) {
      await worker.add({ kind, concurrency, handlers: forAnyData(handlers) });
    },
    async stop() {
      await worker.stop();
      await boss.stop();
    },
  };
}

/** Sound, because the name of a kind ties the payloads sent to the handlers that receive them. */
function forAnyData<Data extends object>(handlers: JobHandlers<Data>): JobHandlers<object> {
  return handlers as JobHandlers<object>;
}
