import { DEFAULT_POLICY, type Policy, policySchema } from "@/lib/extension/policy";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { raiseCatalogRevision } from "@/lib/marketplace/catalog-revision";
import { toJson } from "@/lib/marketplace/stored";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type PolicyDocument = { version: number; policy: Policy };

const KEY = "policy";

/** The policy in force; the default until somebody changes it. */
export async function readPolicy(tx: Tx): Promise<Policy> {
  return (await readPolicyDocument(tx)).policy;
}

export async function readPolicyDocument(tx: Tx): Promise<PolicyDocument> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  return row
    ? { version: row.version, policy: policySchema.parse(row.value) }
    : { version: 0, policy: DEFAULT_POLICY };
}

export async function getPolicy(ctx: Context): Promise<PolicyDocument> {
  authorise(ctx.actor, "policy.read");
  return readPolicyDocument(ctx.db.prisma);
}

/** Replaces the policy. What is listed stays listed: a policy speaks about what comes next. */
export async function changePolicy(
  ctx: Context,
  input: { policy: Policy; expectedVersion?: number | undefined },
): Promise<PolicyDocument> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "policy.change");
    await tx.setting.createMany({
      data: [{ key: KEY, value: toJson(DEFAULT_POLICY), version: 0 }],
      skipDuplicates: true,
    });
    await tx.$queryRaw`SELECT 1 FROM "Setting" WHERE "key" = ${KEY} FOR UPDATE`;
    const before = await readPolicyDocument(tx);
    if (input.expectedVersion !== undefined && input.expectedVersion !== before.version) {
      throw new AppError("conflict", `The policy was changed meanwhile (version ${before.version}).`, {
        suggestion: "Read it again, and apply your change to what it says now.",
      });
    }
    const { version } = await tx.setting.update({
      where: { key: KEY },
      data: { value: toJson(input.policy), version: { increment: 1 } },
    });
    await raiseCatalogRevision(tx);
    await appendAudit(tx, ctx, {
      action: "policy.change",
      subject: { kind: "policy", id: KEY },
      before: before.policy,
      after: input.policy,
    });
    return { version, policy: input.policy };
  });
}
