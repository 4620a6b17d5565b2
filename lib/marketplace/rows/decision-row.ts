import { actorName, actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";

export type DecisionRecord = {
  extensionId: string;
  submissionId?: string;
  /** Subject and verb: `submission.approve`, `version.yank`, `entry.suspend`. */
  kind: string;
  reason?: string | undefined;
  tag?: string | null;
  digest?: string | null;
  data?: object;
  /** Who decided, when a job carries out what a person requested earlier. */
  by?: { id: string; name: string };
};

/** Records what a person decided and why, apart from its effects. */
export async function recordDecision(tx: Tx, ctx: Context, decision: DecisionRecord): Promise<void> {
  await tx.decision.create({
    data: {
      extensionId: decision.extensionId,
      submissionId: decision.submissionId ?? null,
      at: ctx.clock.now(),
      actorId: decision.by?.id ?? actorUserId(ctx.actor) ?? null,
      actorName: decision.by?.name ?? actorName(ctx.actor),
      kind: decision.kind,
      reason: decision.reason ?? null,
      tag: decision.tag ?? null,
      digest: decision.digest ?? null,
      ...(decision.data ? { data: toJson(decision.data) } : {}),
    },
  });
}
