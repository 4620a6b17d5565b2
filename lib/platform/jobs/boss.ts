/** Wraps the pg-boss calls that the queue uses, all of them inside the caller's transaction. */

import PgBoss from "pg-boss";
import type { Database, Tx } from "@/lib/platform/db/database";
import type { JobKind } from "@/lib/platform/jobs/job-kind";
import type { Log } from "@/lib/platform/log";

/**
 * pg-boss returns jobs that have been active for this long to the queue. Leases do that sooner and know whether the
 * process still lives, so this is the maximum that pg-boss allows.
 */
const EXPIRE_SECONDS = 82_800;

/** The key is stored in the payload, because pg-boss returns it only with columns that Prisma cannot read. */
const KEY = "queueKey";

export type TakenJob = { id: string; key: string; data: object };

export type Boss = {
  send(tx: Tx, kind: string, key: string, data: object, startAfterSeconds: number): Promise<void>;
  /** The next due job, marked as active. */
  take(tx: Tx, kind: string): Promise<TakenJob | undefined>;
  complete(tx: Tx, kind: string, id: string): Promise<void>;
  /** Retries the job later, or marks it as failed once its retries are used up. */
  fail(tx: Tx, kind: string, id: string, error: unknown): Promise<void>;
  /** Replaces the job with a new one, as if it had never been taken. */
  giveBack(tx: Tx, kind: string, job: TakenJob, startAfterSeconds: number): Promise<void>;
  /** Jobs of this kind that no worker has taken yet. */
  waiting(kind: string): Promise<number>;
  stop(): Promise<void>;
};

export type BossOptions = {
  db: Database;
  log: Log;
  kinds: readonly JobKind<object>[];
  /** Workers maintain the tables; processes that only send jobs do not. */
  maintain: boolean;
};

export async function startBoss({ db, log, kinds, maintain }: BossOptions): Promise<Boss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    schema: "pgboss",
    supervise: maintain,
    schedule: false,
    migrate: true,
  });
  boss.on("error", (err) => log.warn({ err }, "job queue error"));
  await boss.start();
  for (const kind of kinds) await declare(boss, kind);
  const send: Boss["send"] = async (tx, kind, key, data, startAfter) => {
    const payload = { ...data, [KEY]: key };
    await boss.send(kind, payload, { db: inTransaction(tx), singletonKey: key, startAfter });
  };
  return {
    send,
    async take(tx, kind) {
      const [job] = await boss.fetch<object & { [KEY]?: string }>(kind, { db: inTransaction(tx) });
      if (job === undefined) return undefined;
      const { [KEY]: key = job.id, ...data } = job.data;
      return { id: job.id, key, data };
    },
    async complete(tx, kind, id) {
      await boss.complete(kind, id, {}, { db: inTransaction(tx) });
    },
    async fail(tx, kind, id, error) {
      const output = error instanceof Error ? error : { value: String(error) };
      await boss.fail(kind, id, output, { db: inTransaction(tx) });
    },
    async giveBack(tx, kind, { id, key, data }, startAfterSeconds) {
      await boss.complete(kind, id, {}, { db: inTransaction(tx) });
      await send(tx, kind, key, data, startAfterSeconds);
    },
    waiting: (kind) => boss.getQueueSize(kind),
    stop: () => boss.stop({ graceful: true, wait: true, close: false }),
  };
}

/** Policy `short`: a key occurs at most once among waiting jobs. */
async function declare(boss: PgBoss, kind: JobKind<object>): Promise<void> {
  const options = {
    policy: "short",
    retryLimit: kind.retryLimit,
    retryDelay: kind.retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds: EXPIRE_SECONDS,
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
