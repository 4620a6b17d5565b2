/** Reading submissions: the list and one. */

import { authorize, may } from "@/lib/identity/permissions";
import { actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { maySee, noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import {
  SUBMISSION_PARTS,
  type SubmissionView,
  viewSubmission,
  viewSubmissions,
} from "@/lib/marketplace/submissions/submission-view";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";
import type { SubmissionState } from "@/lib/platform/prisma/client";

export type SubmissionList = { items: SubmissionView[]; total: number; next: string | null };

/** Newest first. Publishers see their own, deciders see all unless they set `mine`. `cursor` is the `next` of the page before. */
export async function listSubmissions(
  ctx: Context,
  input: { state?: SubmissionState | undefined; limit: number; cursor?: string | undefined; mine?: boolean },
): Promise<SubmissionList> {
  authorize(ctx.actor, "submission.read");
  return read(async () => {
    const mine =
      may(ctx.actor, "submission.readAll") && !input.mine
        ? {}
        : { submitterId: actorUserId(ctx.actor) ?? NO_USER };
    const where = { ...mine, ...(input.state ? { state: input.state } : {}) };
    const page = { ...where, ...(input.cursor && isRowId(input.cursor) ? { id: { lt: input.cursor } } : {}) };
    const [rows, total] = [
      await ctx.db.prisma.submission.findMany({
        where: page,
        orderBy: { id: "desc" },
        take: input.limit + 1,
        include: SUBMISSION_PARTS,
      }),
      await ctx.db.prisma.submission.count({ where }),
    ];
    const shown = rows.slice(0, input.limit);
    const next = rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null;
    return { items: await viewSubmissions(ctx.db.prisma, ctx.actor, shown), total, next };
  });
}

export async function getSubmission(ctx: Context, input: { id: string }): Promise<SubmissionView> {
  authorize(ctx.actor, "submission.read");
  return read(async () => {
    const found = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({ where: { id: input.id } })
      : null;
    if (!found || !maySee(ctx, found)) throw noSuchSubmission();
    return viewSubmission(ctx.db.prisma, ctx.actor, found.id);
  });
}

/** No user has this id. */
const NO_USER = "00000000-0000-0000-0000-000000000000";
