"use server";

import { redirect } from "next/navigation";
import { type FlashMessage, flash } from "@/app/_forms/flash";
import { formWithProblem } from "@/app/_forms/form-problem";
import { type FormRequest, formRequest, readField } from "@/app/_forms/form-request";
import { readText } from "@/app/_forms/reason-field";
import type { FormState } from "@/components/ui/form-state";
import {
  recheckSubmission,
  replyToSubmission,
  withdrawSubmission,
} from "@/lib/marketplace/submissions/submission-acts";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";
import { AppError } from "@/lib/platform/errors";

export async function withdraw(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }, id) => {
    const { repository } = await withdrawSubmission(ctx, { id, reason: readText(form, "reason") });
    return { tone: "success", title: `${repository} was withdrawn` };
  });
}

export async function checkAgain(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }, id) => checking(await recheckSubmission(ctx, { id })));
}

export async function reply(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }, id) => {
    const message = readText(form, "message");
    if (message === undefined) throw emptyReply();
    const { repository } = await replyToSubmission(ctx, { id, message });
    return { tone: "success", title: "The reply was sent", text: `${repository} is being checked again.` };
  });
}

function checking({ repository }: SubmissionView): FlashMessage {
  return { tone: "success", title: `${repository} is being checked again` };
}

/** Back to the submission with what was done, or with what refused it. */
async function act(
  form: FormData,
  change: (request: FormRequest, id: string) => Promise<FlashMessage>,
): Promise<FormState> {
  const id = readField(form, "submission");
  try {
    await flash(await change(await formRequest(), id));
  } catch (error) {
    return formWithProblem(error, { message: readField(form, "message"), reason: readField(form, "reason") });
  }
  redirect(`/publish/submissions/${encodeURIComponent(id)}`);
}

function emptyReply(): AppError {
  return new AppError("invalid_input", "The reply is empty.", {
    suggestion: "Say what you changed, or use “Check again” without words.",
    details: { field: "message" },
  });
}
