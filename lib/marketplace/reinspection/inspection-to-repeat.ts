import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import type { Context } from "@/lib/journal/context";
import { reportOf } from "@/lib/marketplace/rows/stored-report";
import { OPEN_SUBMISSION_STATES } from "@/lib/marketplace/rows/submission-row";
import { read } from "@/lib/platform/db/transact";

export type InspectionToRepeat = {
  id: string;
  /** Canonical. */
  repository: string;
  digest: string;
  /** Undefined where the older inspector refused the image. */
  before: InspectionReport | undefined;
  /** Consecutive failures before this attempt. */
  failuresBefore: number;
  /** On the allow-list, or in a submission that a person with a reviewing role had checked with stored credentials. */
  canUseCredentials: boolean;
};

/** The inspection while an older inspector made it; undefined once any process has repeated it. */
export async function inspectionToRepeat(ctx: Context, id: string): Promise<InspectionToRepeat | undefined> {
  const found = await read(() =>
    ctx.db.prisma.inspection.findUnique({
      where: { id },
      include: {
        extension: { select: { repository: true, entry: { select: { state: true } } } },
        submissions: { where: { isPrivate: true, state: { in: OPEN_SUBMISSION_STATES } }, take: 1 },
      },
    }),
  );
  if (!found || found.inspectorVersion >= INSPECTOR_VERSION) return undefined;
  const { digest, report, reinspectFailures: failuresBefore, extension, submissions } = found;
  const isAllowed = extension.entry !== null && extension.entry.state !== "revoked";
  const known = { id, repository: extension.repository, digest, before: reportOf(report), failuresBefore };
  return { ...known, canUseCredentials: isAllowed || submissions.length > 0 };
}
