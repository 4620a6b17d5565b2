"use server";

import { act } from "@/app/_forms/form-act";
import { textOf } from "@/app/_forms/form-request";
import { lastInstantIn, requiredIn } from "@/app/_forms/given-in";
import { trackIn } from "@/app/(admin)/admin/allow-list/track-form";
import type { FormState } from "@/components/ui/form-state";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";
import { AppError, isAppError } from "@/lib/platform/errors";

export async function addRepository(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const input = {
      track: trackIn(form),
      expiresAt: lastInstantIn(form, "expiresOn"),
      reason: requiredIn(form, "reason"),
      expectedDigest: textOf(form, "expectedDigest").trim() || undefined,
    };
    const { submission } = await aboutTheRepository(() =>
      addEntry(ctx, { repository: textOf(form, "repository"), ...input }),
    );
    return {
      tone: "success",
      title: `${submission.repository} is being checked`,
      text: "It goes onto the allow-list when its check passes, or to the review queue if a person has to look.",
      to: `/admin/submissions/${submission.id}`,
    };
  });
}

/** What refuses a repository is told beside its field. */
async function aboutTheRepository<T>(add: () => Promise<T>): Promise<T> {
  try {
    return await add();
  } catch (error) {
    const about = isAppError(error) && !error.details?.field && error.code !== "forbidden";
    if (!about || error.code === "unauthenticated" || error.code === "invalid_input") throw error;
    throw new AppError(error.code, error.message, {
      suggestion: error.suggestion,
      details: { ...error.details, field: "repository" },
      cause: error,
    });
  }
}
