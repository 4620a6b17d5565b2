/** The job queue: pg-boss on the same database, so that a job exists exactly when its transaction committed. */

import PgBoss from "pg-boss";
import type { Database, Tx } from "@/lib/platform/db/database";
import type { Log } from "@/lib/platform/log";

/** A kind of job and how its failures are repeated. `data` says what the handler gets; keep it readable by older handlers. */
export type JobKind<Data extends object> = {
  name: string;
  retryLimit: number;
  retryDelaySeconds: number;
  /** A handler that runs longer is taken for dead and the job is given out again. */
  expireInSeconds: number;
  /** Tags the payload type; never set. */
  data?: Data;
};

export type SendOptions = {
  startAfterSeconds?: number;
  priority?: number;
};

export type JobHandler<Data extends object> = (
  data: Data,
  context: { jobId: string; signal: AbortSignal },
) => Promise<void>;

export type Queue = {
  /**
   * Adds a job inside the caller's transaction: a rollback takes it back. While a job of this kind with the same
   * key still waits, it is not added a second time; one that is already running does not count.
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
  /** Starts `concurrency` lanes that take jobs of this kind. A handler that throws gets its job again, up to the limit. */
  work<Data extends object>(
    kind: JobKind<Data>,
    concurrency: number,
    handler: JobHandler<Data>,
  ): Promise<void>;
  /** Takes no more jobs, gives the running ones a few seconds, then returns. */
  stop(): Promise<void>;
};

const POLL_SECONDS = 0.5;
const STOP_TIMEOUT_MS = 6_000;

export type QueueOptions = {
  db: Database;
  log: Log;
  kinds: readonly JobKind<object>[];
  /** Workers keep the tables tidy; processes that only send do not. */
  maintain: boolean;
  /** No other process works on this database, so a job marked as running was left behind by a dead one. */
  alone: boolean;
};

export async function startQueue({ db, log, kinds, maintain, alone }: QueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    schema: "pgboss",
    supervise: maintain,
    schedule: false,
    migrate: true,
  });
  boss.on("error", (err) => log.warn({ err }, "the job queue met an error"));
  await boss.start();
  for (const kind of kinds) await declare(boss, kind);
  if (alone) await giveBackLeftJobs(db);
  const stopping = new AbortController();
  return {
    async send(tx, kind, key, data, options = {}) {
      await boss.send(kind.name, data, {
        db: inTransaction(tx),
        singletonKey: key,
        ...(options.startAfterSeconds === undefined ? {} : { startAfter: options.startAfterSeconds }),
        ...(options.priority === undefined ? {} : { priority: options.priority }),
      });
    },
    waiting: (kind) => boss.getQueueSize(kind.name),
    async work<Data extends object>(kind: JobKind<Data>, concurrency: number, handler: JobHandler<Data>) {
      for (let lane = 0; lane < concurrency; lane += 1) {
        await boss.work<Data>(
          kind.name,
          { pollingIntervalSeconds: POLL_SECONDS, batchSize: 1 },
          async (jobs) => {
            for (const job of jobs) await handler(job.data, { jobId: job.id, signal: stopping.signal });
          },
        );
      }
    },
    async stop() {
      stopping.abort();
      await boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS, close: false });
    },
  };
}

/** Without this a job of a killed process would wait for its expiry, minutes later. */
async function giveBackLeftJobs(db: Database): Promise<void> {
  await db.pool.query("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'");
}

/** Policy `short`: among waiting jobs a key occurs once. */
async function declare(boss: PgBoss, kind: JobKind<object>): Promise<void> {
  const options = {
    policy: "short",
    retryLimit: kind.retryLimit,
    retryDelay: kind.retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds: kind.expireInSeconds,
  } as const;
  if (await boss.getQueue(kind.name)) await boss.updateQueue(kind.name, { name: kind.name, ...options });
  else await boss.createQueue(kind.name, { name: kind.name, ...options });
}

function inTransaction(tx: Tx): PgBoss.Db {
  return {
    async executeSql(text, values) {
      const rows = await tx.$queryRawUnsafe<unknown[]>(text, ...(values ?? []));
      return { rows, rowCount: rows.length };
    },
  };
}
