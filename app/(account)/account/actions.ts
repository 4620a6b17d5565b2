"use server";

import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmed, type FormRequest, formRequest, signInAs } from "@/app/_forms/form-request";
import type { PasswordState } from "@/components/account/password-form";
import { isRecent } from "@/lib/identity/sessions/require-recent-authentication";
import { changePassword } from "@/lib/identity/sign-in/change-password";

export async function changeOwnPassword(_state: PasswordState, form: FormData): Promise<PasswordState> {
  try {
    const request = await requestForPassword(form);
    const { endedTokens, ...signedIn } = await changePassword(request.ctx, {
      currentPassword: readField(form, "currentPassword"),
      newPassword: readField(form, "password"),
      ip: request.ip,
    });
    await signInAs(signedIn, request);
    return { values: {}, changed: { endedTokens } };
  } catch (error) {
    return formWithProblem(error, {});
  }
}

/** The current password also confirms a sign-in that is no longer recent. */
async function requestForPassword(form: FormData): Promise<FormRequest> {
  const request = await formRequest();
  const { actor, clock } = request.ctx;
  if (actor.kind !== "user" || isRecent(actor.signIn.at, clock.now())) return request;
  return confirmed(request, form, "currentPassword");
}
