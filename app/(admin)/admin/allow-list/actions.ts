"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readEndOfDay, readField, readRequired } from "@/app/_forms/form-data";

import { readTrack } from "@/app/(admin)/admin/read-track";
import type { FormState } from "@/components/ui/form-state";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";
import { AppError, isAppError } from "@/lib/platform/errors";

export async function addRepository(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const input = {
      track: readTrack(form),
      expiresAt: readEndOfDay(form, "expiresOn"),
      reason: readRequired(form, "reason"),
      expectedDigest: readField(form, "expectedDigest").trim() || undefined,
    };
    const { submission } = await aboutTheRepository(() =>
      addEntry(ctx, { repository: readField(form, "repository"), ...input }),
    );
    return {
      tone: "success",
      title: `Checking ${submission.repository}`,
      text: "If the check passes, it’s added to the allow-list. Otherwise it goes to the review queue.",
      to: `/admin/submissions/${submission.id}`,
    };
  });
}

/** Shows problems with the repository beside its field. */
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
