import { authorize, may } from "@/lib/identity/permissions";
import { type ChainCheck, checkAuditChain } from "@/lib/journal/audit-check";
import type { Context } from "@/lib/journal/context";
import { withoutEmails } from "@/lib/marketplace/history/without-emails";
import { read } from "@/lib/platform/db/transact";
import type { AuditEvent } from "@/lib/platform/prisma/client";

export type AuditView = {
  sequence: string;
  at: string;
  actor: { kind: string; id: string | null; name: string };
  action: string;
  subject: { kind: string; id: string };
  before: unknown;
  after: unknown;
  reason: string | null;
  requestId: string | null;
  hash: string;
};

export type AuditPage = { items: AuditView[]; total: number; next: string | null };

export type AuditQuery = {
  subjectId?: string | undefined;
  action?: string | undefined;
  limit: number;
  cursor?: bigint | undefined;
};

/** Newest first; email addresses are hidden from everyone but admins; `cursor` is the `next` of the page before. */
export async function listAudit(ctx: Context, query: AuditQuery): Promise<AuditPage> {
  authorize(ctx.actor, "audit.read");
  return read(async () => {
    const where = {
      ...(query.subjectId ? { subjectId: query.subjectId } : {}),
      ...(query.action ? { action: query.action } : {}),
    };
    const before = query.cursor === undefined ? {} : { sequence: { lt: query.cursor } };
    const rows = await ctx.db.prisma.auditEvent.findMany({
      where: { ...where, ...before },
      orderBy: { sequence: "desc" },
      take: query.limit + 1,
    });
    const total = await ctx.db.prisma.auditEvent.count({ where });
    const shown = may(ctx.actor, "user.manage") ? view : (row: AuditEvent) => withoutEmails(view(row));
    const items = rows.slice(0, query.limit).map(shown);
    return { items, total, next: rows.length > query.limit ? (items.at(-1)?.sequence ?? null) : null };
  });
}

/** Every action that occurs in the log, by name. */
export async function listAuditActions(ctx: Context): Promise<string[]> {
  authorize(ctx.actor, "audit.read");
  return read(async () => {
    const rows = await ctx.db.prisma.auditEvent.groupBy({ by: ["action"], orderBy: { action: "asc" } });
    return rows.map(({ action }) => action);
  });
}

/** Checks one stretch of the chain; any result but `ok` means that rows were tampered with or a key is missing. */
export async function verifyAudit(ctx: Context, after?: bigint): Promise<ChainCheck> {
  authorize(ctx.actor, "audit.read");
  return read(() => checkAuditChain(ctx, after));
}

function view(row: AuditEvent): AuditView {
  return {
    sequence: String(row.sequence),
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { kind: row.subjectKind, id: row.subjectId },
    before: row.before,
    after: row.after,
    reason: row.reason,
    requestId: row.requestId,
    hash: row.hash,
  };
}
