import { type CapabilityChange, compareCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";

/**
 * The capabilities that differ between the image with the digest `from` and a submission's current candidate.
 * Undefined when one of the two was never inspected.
 */
export async function readCandidateChange(
  ctx: Context,
  input: { id: string; from: string },
): Promise<CapabilityChange[] | undefined> {
  authorize(ctx.actor, "submission.readAll");
  return read(async () => {
    const submission = isRowId(input.id)
      ? await ctx.db.prisma.submission.findUnique({
          where: { id: input.id },
          include: { inspection: { select: { report: true } } },
        })
      : null;
    if (!submission) throw noSuchSubmission();
    const { extensionId } = submission;
    const seen = await ctx.db.prisma.inspection.findUnique({
      where: { extensionId_digest: { extensionId, digest: input.from } },
      select: { report: true },
    });
    const before = reportOf(seen?.report ?? null);
    const now = reportOf(submission.inspection?.report ?? null);
    return before && now ? compareCapabilities(before.capabilities, now.capabilities) : undefined;
  });
}
