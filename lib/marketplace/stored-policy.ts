import { DEFAULT_POLICY, type Policy, policySchema } from "@/lib/extension/policy";
import type { Prisma } from "@/lib/platform/prisma/client";

/** The key of the policy among the settings. */
export const POLICY_KEY = "policy";

/** The policy in a setting; the default while nobody has set one. Throws on a value that the schema refuses. */
export function policyOf(stored: Prisma.JsonValue | undefined): Policy {
  return stored === undefined ? DEFAULT_POLICY : policySchema.parse(stored);
}
