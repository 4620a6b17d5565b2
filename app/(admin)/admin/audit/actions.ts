"use server";

import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest } from "@/app/_forms/form-request";
import type { ChainState } from "@/components/admin/audit/chain-check";
import { verifyAudit } from "@/lib/marketplace/history/audit-log";

/** Verifies the next part of the chain; the form's state carries the count of earlier parts. */
export async function checkChain(before: ChainState): Promise<ChainState> {
  const earlier = before.check?.ok && before.check.next !== null ? before.check : undefined;
  const counted = earlier?.rows ?? 0;
  try {
    const { ctx } = await formRequest();
    const check = await verifyAudit(ctx, earlier?.next ? BigInt(earlier.next) : undefined);
    return { values: {}, check: { ...check, rows: counted + check.rows } };
  } catch (error) {
    return formWithProblem(error, {});
  }
}
