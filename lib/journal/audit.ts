/**
 * The audit chain: one row for every write, in the write's own transaction. The keyed hash of each row covers the
 * previous row. If the row cannot be written, the write is rolled back.
 */

import { actorName, actorUserId } from "@/lib/journal/actor";
import { GENESIS_HASH, hashOf } from "@/lib/journal/audit-hash";
import type { Context } from "@/lib/journal/context";
import { lockExclusively } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";
import { Prisma } from "@/lib/platform/prisma/client";
import { storableText } from "@/lib/platform/storable";

export type AuditEntry = {
  /** Subject and verb: `submission.submit`, `entry.suspend`, … */
  action: string;
  subject: { kind: string; id: string };
  before?: object | undefined;
  after?: object | undefined;
  reason?: string | undefined;
};

/** Appends one row. Call it last in the transaction: it holds the audit lock until the commit. */
export async function appendAudit(tx: Tx, ctx: Context, entry: AuditEntry): Promise<void> {
  await lockExclusively(tx, "audit");
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
    keyId: ctx.audit.keys.current.id,
    previousHash: last?.hash ?? GENESIS_HASH,
  };
  const hash = hashOf(row, ctx.audit.keys);
  if (hash === undefined) throw new Error("The current audit key is not in the list of audit keys.");
  await tx.auditEvent.create({
    data: {
      ...row,
      before: row.before ?? Prisma.DbNull,
      after: row.after ?? Prisma.DbNull,
      hash,
    },
  });
}

/** Times in the journal never decrease, even when the clocks of several machines differ. */
function laterOf(now: Date, last: Date | undefined): Date {
  return last && last > now ? last : now;
}

/** The value as jsonb returns it: dates and bigints as strings, undefined omitted, unstorable characters replaced. */
function plainJson(value: object | undefined): Prisma.InputJsonObject | null {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value, plainField), storableField);
}

function plainField(_key: string, field: unknown): unknown {
  return typeof field === "bigint" ? String(field) : field;
}

/** Prisma does not return a `__proto__` key, so a hash that covered it would never match again. */
function storableField(_key: string, field: unknown): unknown {
  if (typeof field === "string") return storableText(field);
  if (typeof field !== "object" || field === null || Array.isArray(field)) return field;
  const kept = Object.entries(field).filter(([key]) => key !== "__proto__");
  return Object.fromEntries(kept.map(([key, inner]) => [storableText(key), inner]));
}
