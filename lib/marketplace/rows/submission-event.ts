import { actorName } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import type { Tx } from "@/lib/platform/db/database";

export type SubmissionEventKind =
  | "submitted"
  | "checked"
  | "reinspected"
  | "check_failed"
  | "check_requested"
  | "replied"
  | "changes_requested"
  | "approved"
  | "declined"
  | "withdrawn";

/** Appends a line to a submission's history. */
export async function appendSubmissionEvent(
  tx: Tx,
  ctx: Context,
  submissionId: string,
  kind: SubmissionEventKind,
  message?: string,
): Promise<void> {
  await tx.submissionEvent.create({
    data: {
      submissionId,
      kind,
      actorName: actorName(ctx.actor),
      message: message ?? null,
      at: ctx.clock.now(),
    },
  });
}
