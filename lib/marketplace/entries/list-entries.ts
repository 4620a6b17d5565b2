/** The allow-list as reviewers and admins see it, in every state, page by page and without any report. */

import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { type EntrySummary, viewEntry } from "@/lib/marketplace/entries/entry-view";
import { read } from "@/lib/platform/db/transact";
import { type EntryState, Prisma } from "@/lib/platform/prisma/client";

export type EntryPage = { items: EntrySummary[]; total: number; next: string | null };

type EntryFilter = { state?: EntryState | undefined };

/** By repository. `cursor` is the `next` of the page before. */
export async function listEntries(
  ctx: Context,
  { state, limit, cursor }: EntryFilter & { limit: number; cursor?: string | undefined },
): Promise<EntryPage> {
  authorize(ctx.actor, "entry.change");
  return read(async () => {
    const { prisma } = ctx.db;
    const rows = await readPage(ctx, { state, after: cursor ?? "", take: limit + 1 });
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.repository ?? null) : null;
    const entries = await prisma.entry.findMany({
      where: { extensionId: { in: shown.map(({ id }) => id) } },
    });
    const byExtension = new Map(entries.map((entry) => [entry.extensionId, entry]));
    const total = await prisma.entry.count({ where: state ? { state } : {} });
    const items = shown.flatMap((row) => {
      const entry = byExtension.get(row.id);
      return entry ? [summaryOf(row, viewEntry(row, entry))] : [];
    });
    return { items, total, next };
  });
}

const PAGE_ROWS = 500;

/** Every page. */
export async function listAllEntries(ctx: Context, filter: EntryFilter): Promise<EntrySummary[]> {
  const items: EntrySummary[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await listEntries(ctx, { ...filter, limit: PAGE_ROWS, cursor });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

type Row = {
  id: string;
  repository: string;
  lastScanAt: Date | null;
  listed: number;
  held: number;
  moved: number;
  title: string | null;
  vendor: string | null;
};

function summaryOf(row: Row, view: ReturnType<typeof viewEntry>): EntrySummary {
  const { title, vendor, listed, held, moved, lastScanAt } = row;
  const versions = { listed, held, moved };
  return { ...view, title, vendor, versions, lastScanAt: lastScanAt?.toISOString() ?? null };
}

/** Sorted by bytes, since the database's own order depends on its collation. Title and vendor: of the newest version. */
function readPage(
  ctx: Context,
  { state, after, take }: EntryFilter & { after: string; take: number },
): Promise<Row[]> {
  const inState = state ? Prisma.sql`AND n."state"::text = ${state}` : Prisma.empty;
  return ctx.db.prisma.$queryRaw<Row[]>`
    SELECT x."id", x."repository", x."lastScanAt", newest."title", newest."vendor",
      counts."listed", counts."held", counts."moved"
    FROM "Extension" x
    JOIN "Entry" n ON n."extensionId" = x."id"
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE v."visibility" = 'listed')::int AS "listed",
        count(*) FILTER (WHERE v."visibility" = 'held')::int AS "held",
        count(*) FILTER (WHERE v."movedDigest" IS NOT NULL)::int AS "moved"
      FROM "Version" v WHERE v."extensionId" = x."id" AND v."current"
    ) counts
    LEFT JOIN LATERAL (
      SELECT i."report"->'labels'->>'title' AS "title", i."report"->'labels'->>'vendor' AS "vendor"
      FROM "Version" v JOIN "Inspection" i ON i."id" = v."inspectionId"
      WHERE v."extensionId" = x."id" AND v."current"
      ORDER BY v."firstSeenAt" DESC, v."id" DESC
      LIMIT 1
    ) newest ON true
    WHERE x."repository" COLLATE "C" > ${after} ${inState}
    ORDER BY x."repository" COLLATE "C"
    LIMIT ${take}`;
}
