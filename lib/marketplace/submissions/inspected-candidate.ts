import type { Approval } from "@/lib/marketplace/entries/entry-approval";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import type { Submission } from "@/lib/platform/prisma/client";

/** The candidate as an approval needs it: only an image that was inspected, at this very digest, can be approved. */
export async function inspectedCandidate(tx: Tx, submission: Submission): Promise<Approval["candidate"]> {
  const inspection = submission.inspectionId
    ? await tx.inspection.findUnique({ where: { id: submission.inspectionId } })
    : null;
  const report = reportOf(inspection?.report ?? null);
  if (!inspection || !report || inspection.state !== "inspected" || !submission.candidateTag) {
    throw new AppError(
      "not_inspected",
      "The candidate has not been inspected yet, so it cannot be approved.",
      {
        suggestion: "Wait for the check to finish, or request another one.",
      },
    );
  }
  return { tag: submission.candidateTag, digest: inspection.digest, inspectionId: inspection.id, report };
}
