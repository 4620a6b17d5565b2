import { DEFAULT_POLICY, type Policy } from "@/lib/extension/policy/policy";
import { authorize } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import type { CatalogRules } from "@/lib/marketplace/publishing/listing-history";
import { changeRules } from "@/lib/marketplace/publishing/rules-change";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { POLICY_KEY, type PolicyDocument, readPolicyDocument } from "@/lib/marketplace/rows/stored-policy";
import type { Tx } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";

export async function getPolicy(ctx: Context): Promise<PolicyDocument> {
  authorize(ctx.actor, "policy.read");
  return readPolicyDocument(ctx.db.prisma);
}

/** Replaces the policy. What is listed stays listed: a policy applies to what comes next. */
export async function changePolicy(
  ctx: Context,
  input: { policy: Policy; expectedVersion?: number | undefined },
): Promise<PolicyDocument> {
  authorize(ctx.actor, "policy.change");
  const rulesAfter = (rules: CatalogRules) => ({ ...rules, policy: input.policy });
  return changeRules(ctx, { cause: "policy", rulesAfter }, async (tx, publish) => {
    const before = await lockPolicy(tx);
    if (input.expectedVersion !== undefined && input.expectedVersion !== before.version) {
      throw new AppError("conflict", `Someone else changed the policy (now version ${before.version}).`, {
        suggestion: "Read the current policy, then apply your change again.",
      });
    }
    const { version } = await tx.setting.update({
      where: { key: POLICY_KEY },
      data: { value: toJson(input.policy), version: { increment: 1 } },
    });
    await publish();
    await appendAudit(tx, ctx, {
      action: "policy.change",
      subject: { kind: "policy", id: POLICY_KEY },
      before: before.policy,
      after: input.policy,
    });
    return { version, policy: input.policy };
  });
}

async function lockPolicy(tx: Tx): Promise<PolicyDocument> {
  await tx.setting.createMany({
    data: [{ key: POLICY_KEY, value: toJson(DEFAULT_POLICY), version: 0 }],
    skipDuplicates: true,
  });
  await tx.$queryRaw`SELECT 1 FROM "Setting" WHERE "key" = ${POLICY_KEY} FOR UPDATE`;
  return readPolicyDocument(tx);
}
