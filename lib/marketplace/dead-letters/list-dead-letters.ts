import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { type DeadLetterKind, deadLetterKind } from "@/lib/marketplace/dead-letters/dead-letter";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";
import type { JobCrash } from "@/lib/platform/prisma/client";

/** A dead letter: a job that is no longer run, because it crashed the process every time. */
export type DeadLetter = {
  id: string;
  kind: DeadLetterKind;
  /** Null when the extension is gone. */
  repository: string | null;
  /** How many processes crashed while it ran. */
  crashes: number;
  lastCrashAt: string;
  deadSince: string;
};

const SHOWN_MAX = 500;

/** Newest first, at most 500. */
export async function listDeadLetters(ctx: Context): Promise<DeadLetter[]> {
  authorize(ctx.actor, "job.manage");
  return read(async () => {
    const rows = await ctx.db.prisma.jobCrash.findMany({
      where: { deadSince: { not: null } },
      orderBy: [{ deadSince: "desc" }, { id: "desc" }],
      take: SHOWN_MAX,
    });
    const ids = rows.map(({ subject }) => subject).filter(isRowId);
    const extensions = await ctx.db.prisma.extension.findMany({
      where: { id: { in: ids } },
      select: { id: true, repository: true },
    });
    const names = new Map(extensions.map((extension) => [extension.id, nameOf(extension)]));
    return rows.flatMap((row) => viewDeadLetter(row, names.get(row.subject)));
  });
}

function viewDeadLetter(row: JobCrash, repository: string | undefined): DeadLetter[] {
  const kind = deadLetterKind(row.kind);
  if (kind === undefined || row.deadSince === null) return [];
  return [
    {
      id: row.id,
      kind,
      repository: repository ?? null,
      crashes: row.crashes,
      lastCrashAt: row.lastCrashAt.toISOString(),
      deadSince: row.deadSince.toISOString(),
    },
  ];
}
