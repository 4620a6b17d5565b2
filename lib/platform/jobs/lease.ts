/** A worker's lease: while its heartbeat is recent, it owns the jobs that it took. */

import { randomUUID } from "node:crypto";
import type { Database, Tx } from "@/lib/platform/db/database";

export async function openLease(db: Database): Promise<string> {
  const id = randomUUID();
  await db.prisma.jobWorker.create({ data: { id } });
  return id;
}

/** False if another process has already taken over this worker's jobs. */
export async function renewLease(db: Database, workerId: string): Promise<boolean> {
  const count = await db.prisma
    .$executeRaw`UPDATE "JobWorker" SET "seenAt" = now() WHERE "id" = ${workerId}::uuid`;
  return count > 0;
}

/** From now on, the end of this process does not count as a crash. */
export async function announceStop(db: Database, workerId: string): Promise<void> {
  await db.prisma
    .$executeRaw`UPDATE "JobWorker" SET "seenAt" = now(), "stoppingAt" = now() WHERE "id" = ${workerId}::uuid`;
}

export async function otherWorkers(db: Database, workerId: string): Promise<string[]> {
  const rows = await db.prisma.jobWorker.findMany({
    where: { id: { not: workerId } },
    select: { id: true },
    orderBy: { startedAt: "asc" },
  });
  return rows.map(({ id }) => id);
}

export async function silentWorkers(db: Database, leaseSeconds: number): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "JobWorker" WHERE "seenAt" < now() - ${leaseSeconds} * interval '1 second'
    ORDER BY "seenAt"`;
  return rows.map(({ id }) => id);
}

export type DeadWorker = { stopping: boolean };

/**
 * Locks the worker's row so that the worker can be removed. Undefined if another process removes it, or if its
 * heartbeat is recent again. With `leaseSeconds` 0, the heartbeat does not matter.
 */
export async function lockDeadWorker(
  tx: Tx,
  workerId: string,
  leaseSeconds: number,
): Promise<DeadWorker | undefined> {
  const [row] = await tx.$queryRaw<{ stopping: boolean }[]>`
    SELECT "stoppingAt" IS NOT NULL AS stopping FROM "JobWorker"
    WHERE "id" = ${workerId}::uuid AND "seenAt" <= now() - ${leaseSeconds} * interval '1 second'
    FOR UPDATE SKIP LOCKED`;
  return row;
}

/** False if the lease is lost. Otherwise no other process can remove the worker before the transaction ends. */
export async function holdLease(tx: Tx, workerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "JobWorker" WHERE "id" = ${workerId}::uuid FOR KEY SHARE`;
  return rows.length > 0;
}
