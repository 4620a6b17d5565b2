/**
 * The audit chain: one row for every write, in the write's own transaction, each row's hash covering the row before.
 * If the row cannot be written, the write did not happen.
 */

import { actorName, actorUserId } from "@/lib/journal/actor";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { sha256Hex } from "@/lib/platform/crypto";
import type { Database, Tx } from "@/lib/platform/db/database";
import { type AuditEvent, Prisma } from "@/lib/platform/prisma/client";
import { storableText } from "@/lib/platform/storable-text";

export type AuditEntry = {
  /** `submission.submit`, `entry.suspend`, … : subject and verb. */
  action: string;
  subject: { kind: string; id: string };
  before?: object | undefined;
  after?: object | undefined;
  reason?: string | undefined;
};

/** Any number that no other advisory lock of ours uses. */
const AUDIT_LOCK = 7_201_001;
const GENESIS_HASH = "0".repeat(64);

/** Appends one row. Call it last in the transaction: it holds the audit lock until the commit. */
export async function appendAudit(tx: Tx, ctx: Context, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${AUDIT_LOCK}::bigint)`;
  const last = await tx.auditEvent.findFirst({
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true, at: true },
  });
  const row = {
    sequence: (last?.sequence ?? 0n) + 1n,
    at: laterOf(ctx.clock.now(), last?.at),
    actorKind: ctx.actor.kind,
    actorId: actorUserId(ctx.actor) ?? null,
    actorName: storableText(actorName(ctx.actor)),
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: storableText(entry.subject.id),
    before: plainJson(entry.before),
    after: plainJson(entry.after),
    reason: entry.reason === undefined ? null : storableText(entry.reason),
    requestId: ctx.requestId ?? null,
    previousHash: last?.hash ?? GENESIS_HASH,
  };
  await tx.auditEvent.create({
    data: {
      ...row,
      before: row.before ?? Prisma.DbNull,
      after: row.after ?? Prisma.DbNull,
      hash: hashOf(row),
    },
  });
}

export type ChainCheck =
  | { ok: true; rows: number; head: string }
  | { ok: false; rows: number; brokenAt: string };

const CHECK_PAGE_ROWS = 1_000;

/** Recomputes every hash from the first row on. `brokenAt` is the sequence of the first row that does not fit. */
export async function checkAuditChain(db: Database): Promise<ChainCheck> {
  let previousHash = GENESIS_HASH;
  let sequence = 0n;
  for (;;) {
    const rows = await db.prisma.auditEvent.findMany({
      where: { sequence: { gt: sequence } },
      orderBy: { sequence: "asc" },
      take: CHECK_PAGE_ROWS,
    });
    for (const row of rows) {
      const fits =
        row.sequence === sequence + 1n && row.previousHash === previousHash && row.hash === hashOf(row);
      if (!fits) return { ok: false, rows: Number(sequence), brokenAt: String(row.sequence) };
      sequence = row.sequence;
      previousHash = row.hash;
    }
    if (rows.length < CHECK_PAGE_ROWS) return { ok: true, rows: Number(sequence), head: previousHash };
  }
}

type HashedRow = Omit<AuditEvent, "hash" | "before" | "after"> & { before: unknown; after: unknown };

function hashOf(row: HashedRow): string {
  return sha256Hex(
    canonicalJson([
      String(row.sequence),
      row.at.toISOString(),
      [row.actorKind, row.actorId, row.actorName],
      row.action,
      [row.subjectKind, row.subjectId],
      row.before,
      row.after,
      row.reason,
      row.requestId,
      row.previousHash,
    ]),
  );
}

/** Time never runs backwards in the journal, whatever the clocks of several machines say. */
function laterOf(now: Date, last: Date | undefined): Date {
  return last && last > now ? last : now;
}

/** What jsonb will give back: dates and bigints as text, undefined left out, only characters that it can hold. */
function plainJson(value: object | undefined): Prisma.InputJsonObject | null {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value, plainField), storableField);
}

function plainField(_key: string, field: unknown): unknown {
  return typeof field === "bigint" ? String(field) : field;
}

/** Prisma does not give back a key `__proto__`, so a hash that covered it would never fit again. */
function storableField(_key: string, field: unknown): unknown {
  if (typeof field === "string") return storableText(field);
  if (typeof field !== "object" || field === null || Array.isArray(field)) return field;
  const kept = Object.entries(field).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(kept.map(([key, inner]) => [storableText(key), inner]));
}
