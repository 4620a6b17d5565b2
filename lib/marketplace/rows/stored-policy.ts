import { DEFAULT_POLICY, type Policy, policySchema } from "@/lib/extension/policy/policy";
import type { Tx } from "@/lib/platform/db/database";
import type { Prisma } from "@/lib/platform/prisma/client";

/** The key of the policy among the settings. */
export const POLICY_KEY = "policy";

/** `version` counts the changes; 0: no policy was set, and the default is in force. */
export type PolicyDocument = { version: number; policy: Policy };

/** The policy in a setting; the default while none is set. Throws on a value that the schema refuses. */
export function policyOf(stored: Prisma.JsonValue | undefined): Policy {
  return stored === undefined ? DEFAULT_POLICY : policySchema.parse(stored);
}

export async function readPolicyDocument(tx: Tx): Promise<PolicyDocument> {
  const row = await tx.setting.findUnique({ where: { key: POLICY_KEY } });
  return { version: row?.version ?? 0, policy: policyOf(row?.value) };
}

/** The policy in force. */
export async function readPolicy(tx: Tx): Promise<Policy> {
  return (await readPolicyDocument(tx)).policy;
}
