import type { Context } from "@/lib/journal/context";
import { CHECK_SUBMISSION } from "@/lib/marketplace/jobs";
import { transact } from "@/lib/platform/db/transact";

/** Longer than any check and the retries of its job take. */
const STUCK_AFTER_MS = 30 * 60_000;

/** Sends the checks again whose job was given up, as happens when every try ended in a crash. Returns how many. */
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
