"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readField, readRequired, readText } from "@/app/_forms/form-data";
import type { FormState } from "@/components/ui/form-state";
import {
  recheckSubmission,
  replyToSubmission,
  withdrawSubmission,
} from "@/lib/marketplace/submissions/submission-commands";

export async function withdraw(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const id = readField(form, "submission");
    const { repository } = await withdrawSubmission(ctx, { id, reason: readText(form, "reason") });
    return { tone: "success", title: `Withdrew ${repository}`, to: pageOf(id) };
  });
}

export async function checkAgain(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const id = readField(form, "submission");
    const { repository } = await recheckSubmission(ctx, { id });
    return { tone: "success", title: `Checking ${repository} again`, to: pageOf(id) };
  });
}

const EMPTY_REPLY = {
  message: "Enter a reply.",
  suggestion: "Say what you changed, or select “Check again” to send no message.",
};

export async function reply(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const id = readField(form, "submission");
    const message = readRequired(form, "message", EMPTY_REPLY);
    const { repository } = await replyToSubmission(ctx, { id, message });
    return { tone: "success", title: "Reply sent", text: `Checking ${repository} again.`, to: pageOf(id) };
  });
}

function pageOf(id: string): string {
  return `/publish/submissions/${encodeURIComponent(id)}`;
}
