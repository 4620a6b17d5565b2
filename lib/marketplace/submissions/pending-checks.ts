/** Submissions whose check is still wanted, and those whose check was lost. */

import type { Context } from "@/lib/journal/context";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { transact } from "@/lib/platform/db/transact";

export type SubmissionToCheck = {
  id: string;
  /** Canonical. */
  repository: string;
  /** Consecutive failures before this attempt. */
  attempts: number;
  /** A person with a reviewing role requested the check, so it can use stored registry credentials. */
  useCredentials: boolean;
};

/** The submission while its check is still wanted; undefined once it was withdrawn, or checked by another worker. */
export async function submissionToCheck(ctx: Context, id: string): Promise<SubmissionToCheck | undefined> {
  const found = await ctx.db.prisma.submission.findUnique({
    where: { id },
    include: { extension: { select: { repository: true } } },
  });
  if (!found || (found.state !== "checking" && found.state !== "errored")) return undefined;
  const { attempts, useCredentials } = found;
  return { id, repository: found.extension.repository, attempts, useCredentials };
}

/** Longer than any check takes, including the retries of its job. */
const STUCK_AFTER_MS = 30 * 60_000;

/** Queues checks again whose job was lost, as happens when every attempt crashed. Returns how many. */
export async function resumeChecks(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - STUCK_AFTER_MS);
  const stuck = await ctx.db.prisma.submission.findMany({
    where: { state: "checking", updatedAt: { lt: before } },
    select: { id: true, extensionId: true },
  });
  for (const { id, extensionId } of stuck) {
    const job = { submissionId: id, extensionId };
    await transact(ctx.db, (tx) => ctx.queue.send(tx, CHECK_SUBMISSION, id, job));
  }
  return stuck.length;
}
