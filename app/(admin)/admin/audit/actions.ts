"use server";

import { formWithProblem } from "@/app/form-problem";
import { formRequest } from "@/app/form-request";
import type { ChainState } from "@/components/admin/chain-check";
import { verifyAudit } from "@/lib/marketplace/audit-log";

export async function checkChain(): Promise<ChainState> {
  try {
    const { ctx } = await formRequest();
    return { values: {}, check: await verifyAudit(ctx) };
  } catch (error) {
    return formWithProblem(error, {});
  }
}
