"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { decisionFrom, decisionValues } from "@/app/(admin)/admin/submissions/[id]/decision-form";
import { flash } from "@/app/flash";
import { formWithProblem } from "@/app/form-problem";
import { formRequest, textOf } from "@/app/form-request";
import type { DecisionState } from "@/components/admin/decision-state";
import { catalog } from "@/lib/catalog/catalog";
import { showOwnWrites } from "@/lib/catalog/own-writes";
import { decide } from "@/lib/marketplace/decide";
import { hasCode } from "@/lib/platform/errors";

const DONE = {
  approve: "was approved",
  request_changes: "went back to its publisher",
  decline: "was declined",
} as const;

export async function decideSubmission(_state: DecisionState, form: FormData): Promise<DecisionState> {
  try {
    const { ctx } = await formRequest();
    const decision = decisionFrom(form);
    const { repository, candidate } = await decide(ctx, decision);
    await showOwnWrites(catalog.get(), ctx.db);
    await flash({
      tone: "success",
      title: `${repository} ${DONE[decision.decision]}`,
      ...(decision.decision === "approve" && candidate
        ? { text: `${candidate.tag} is on the allow-list now; its other versions follow in a moment.` }
        : {}),
    });
  } catch (error) {
    return refusedDecision(error, form);
  }
  redirect("/admin");
}

function refusedDecision(error: unknown, form: FormData): DecisionState {
  const state = formWithProblem(error, decisionValues(form));
  if (hasCode(error, "digest_moved")) {
    // The page behind the form has to show what it is about now.
    refresh();
    return { ...state, moved: movedFrom(error, textOf(form, "expectedDigest")) };
  }
  return state;
}

function movedFrom(error: { details?: Record<string, unknown> | undefined }, from: string) {
  const { candidate, digest } = error.details ?? {};
  return {
    from,
    tag: typeof candidate === "string" ? candidate : null,
    digest: typeof digest === "string" ? digest : null,
  };
}
