"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { flash } from "@/app/_forms/flash";
import { runFormAction } from "@/app/_forms/form-action";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest } from "@/app/_forms/form-request";
import { decisionFrom, decisionValues } from "@/app/(admin)/admin/submissions/[id]/decision-form";
import type { DecisionState } from "@/components/admin/review/moved-candidate";
import type { FormState } from "@/components/ui/form-state";
import { catalog } from "@/lib/catalog/catalog";
import { showOwnWrites } from "@/lib/catalog/read-your-writes";
import type { Context } from "@/lib/journal/context";
import { readCandidateChange } from "@/lib/marketplace/submissions/candidate-change";
import { decide } from "@/lib/marketplace/submissions/decide";
import { recheckSubmission } from "@/lib/marketplace/submissions/submission-commands";
import { type AppError, hasCode } from "@/lib/platform/errors";

const DONE = {
  approve: "Approved",
  request_changes: "Requested changes to",
  decline: "Declined",
} as const;

export async function decideSubmission(_state: DecisionState, form: FormData): Promise<DecisionState> {
  let ctx: Context | undefined;
  try {
    ctx = (await formRequest()).ctx;
    const decision = decisionFrom(form);
    const { repository, candidate } = await decide(ctx, decision);
    await showOwnWrites(catalog.get(), ctx.db);
    await flash({
      tone: "success",
      title: `${DONE[decision.decision]} ${repository}`,
      ...(decision.decision === "approve" && candidate
        ? { text: `${candidate.tag} is on the allow-list. Older versions will appear shortly.` }
        : {}),
    });
  } catch (error) {
    const state = formWithProblem(error, decisionValues(form));
    if (ctx === undefined || !hasCode(error, "digest_moved")) return state;
    // The page behind the form must show the new candidate.
    refresh();
    return { ...state, moved: await movedFrom(ctx, error, form) };
  }
  redirect("/admin");
}

export async function checkAgain(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { id, repository } = await recheckSubmission(ctx, { id: readField(form, "id") });
    return { tone: "success", title: `Checking ${repository} again`, to: `/admin/submissions/${id}` };
  });
}

async function movedFrom(ctx: Context, error: AppError, form: FormData) {
  const { candidate, digest } = error.details ?? {};
  const from = readField(form, "expectedDigest");
  return {
    from,
    tag: typeof candidate === "string" ? candidate : null,
    digest: typeof digest === "string" ? digest : null,
    changes: await readCandidateChange(ctx, { id: readField(form, "submission"), from }),
  };
}
