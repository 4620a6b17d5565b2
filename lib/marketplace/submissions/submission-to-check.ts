import type { Context } from "@/lib/journal/context";

export type SubmissionToCheck = {
  id: string;
  /** Canonical. */
  repository: string;
  /** Failed tries in a row before this one. */
  attempts: number;
};

/** The submission while its check is still wanted; undefined once it was withdrawn, or checked by another worker. */
export async function submissionToCheck(ctx: Context, id: string): Promise<SubmissionToCheck | undefined> {
  const found = await ctx.db.prisma.submission.findUnique({
    where: { id },
    include: { extension: { select: { repository: true } } },
  });
  if (!found || (found.state !== "checking" && found.state !== "errored")) return undefined;
  return { id, repository: found.extension.repository, attempts: found.attempts };
}
