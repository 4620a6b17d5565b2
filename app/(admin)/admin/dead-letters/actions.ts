"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readField } from "@/app/_forms/form-data";

import type { FormState } from "@/components/ui/form-state";
import { retryDeadLetter } from "@/lib/marketplace/dead-letters/retry-dead-letter";

export async function retry(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    await retryDeadLetter(ctx, { id: readField(form, "id") });
    return {
      tone: "success",
      title: "Job queued. It runs alone.",
      to: "/admin/dead-letters",
    };
  });
}
