/** Change tokens of submissions: short texts that change with what people see, cheap enough to poll every few seconds. */

import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { maySee, noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";
import type { Database } from "@/lib/platform/db/database";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";
import type { SubmissionState } from "@/lib/platform/prisma/client";

/** Throws `not_found` for what the actor may not see. */
export async function readChangeToken(ctx: Context, input: { id: string }): Promise<string> {
  authorize(ctx.actor, "submission.read");
  return read(async () => {
    const row = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({
          where: { id: input.id },
          select: { id: true, submitterId: true, state: true, updatedAt: true, queuedAt: true },
        })
      : null;
    if (!row || !maySee(ctx, row)) throw noSuchSubmission();
    const ahead =
      row.state === "in_review" && row.queuedAt ? await countBefore(ctx, row.queuedAt, row.id) : 0;
    return pulse(row.state, row.updatedAt.toISOString(), ahead + 1);
  });
}

/**
 * The change tokens of many submissions by id, in two queries; missing ones are left out. The caller has already
 * authorized access to them.
 */
export async function readChangeTokens(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return read(async () => {
    const rows = await db.prisma.submission.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, state: true, updatedAt: true },
    });
    const places = rows.some(({ state }) => state === "in_review")
      ? await placesInQueue(db)
      : new Map<string, number>();
    return new Map(
      rows.map(({ id, state, updatedAt }) => [
        id,
        pulse(state, updatedAt.toISOString(), places.get(id) ?? 1),
      ]),
    );
  });
}

async function placesInQueue({ prisma }: Database): Promise<Map<string, number>> {
  const queue = await prisma.submission.findMany({
    where: { state: "in_review", queuedAt: { not: null } },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  return new Map(queue.map(({ id }, index) => [id, index + 1]));
}

/** Counted in the order of the queue. */
function countBefore(ctx: Context, queuedAt: Date, id: string): Promise<number> {
  return ctx.db.prisma.submission.count({
    where: { state: "in_review", OR: [{ queuedAt: { lt: queuedAt } }, { queuedAt, id: { lt: id } }] },
  });
}

/** The change token of what a page shows. */
export function changeTokenOf({ state, updatedAt, queue }: SubmissionView): string {
  return pulse(state, updatedAt, queue?.position ?? 1);
}

function pulse(state: SubmissionState, updatedAt: string, position: number): string {
  return `${state} ${updatedAt} ${state === "in_review" ? position : 0}`;
}
