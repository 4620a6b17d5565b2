/** The review console's list: waiting submissions, oldest first, and the number in each state. */

import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import {
  SUBMISSION_PARTS,
  type SubmissionView,
  type SubmissionWithParts,
  viewSubmissions,
} from "@/lib/marketplace/submissions/submission-view";
import { read } from "@/lib/platform/db/transact";
import type { Prisma, SubmissionState } from "@/lib/platform/prisma/client";

export type ReviewItem = SubmissionView & {
  title: string | null;
  vendor: string | null;
  /** Since when it waits for a reviewer, or has its state. */
  since: string;
};

export type ReviewQueue = {
  items: ReviewItem[];
  /** How many more follow. */
  more: number;
  counts: Record<SubmissionState, number>;
};

/** Oldest first while it is open, newest first once it is decided. */
export async function listReviewQueue(
  ctx: Context,
  input: { state: SubmissionState; limit: number; skip?: number },
): Promise<ReviewQueue> {
  authorize(ctx.actor, "submission.readAll");
  return read(async () => {
    const { prisma } = ctx.db;
    const counts = await countByState(ctx);
    const rows = await prisma.submission.findMany({
      where: { state: input.state },
      orderBy: orderOf(input.state),
      skip: input.skip ?? 0,
      take: input.limit,
      include: SUBMISSION_PARTS,
    });
    const views = await viewSubmissions(prisma, ctx.actor, rows);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const items = views.map((view) => ({
      ...view,
      ...extras(byId.get(view.id)),
      since: sinceOf(view, byId),
    }));
    return { items, more: Math.max(0, counts[input.state] - (input.skip ?? 0) - rows.length), counts };
  });
}

async function countByState(ctx: Context): Promise<ReviewQueue["counts"]> {
  const groups = await ctx.db.prisma.submission.groupBy({ by: ["state"], _count: true });
  const counts = new Map(groups.map((group) => [group.state, group._count]));
  const of = (state: SubmissionState) => counts.get(state) ?? 0;
  return {
    checking: of("checking"),
    in_review: of("in_review"),
    needs_changes: of("needs_changes"),
    errored: of("errored"),
    approved: of("approved"),
    declined: of("declined"),
    withdrawn: of("withdrawn"),
  };
}

function orderOf(state: SubmissionState): Prisma.SubmissionOrderByWithRelationInput[] {
  switch (state) {
    case "in_review":
      return [{ queuedAt: "asc" }, { id: "asc" }];
    case "checking":
    case "errored":
    case "needs_changes":
      return [{ updatedAt: "asc" }, { id: "asc" }];
    case "approved":
    case "declined":
    case "withdrawn":
      return [{ decidedAt: "desc" }, { id: "desc" }];
  }
}

function extras(row: SubmissionWithParts | undefined) {
  const labels = reportOf(row?.inspection?.report ?? null)?.labels;
  return { title: labels?.title ?? null, vendor: labels?.vendor ?? null };
}

function sinceOf(view: SubmissionView, rows: ReadonlyMap<string, SubmissionWithParts>): string {
  const row = rows.get(view.id);
  switch (view.state) {
    case "in_review":
      return row?.queuedAt?.toISOString() ?? view.updatedAt;
    case "approved":
    case "declined":
    case "withdrawn":
      return row?.decidedAt?.toISOString() ?? view.updatedAt;
    case "checking":
    case "errored":
    case "needs_changes":
      return view.updatedAt;
  }
}
