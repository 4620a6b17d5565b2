"use server";

import { redirect } from "next/navigation";
import { formWithProblem } from "@/app/form-problem";
import {
  confirmed,
  type FormRequest,
  forgetSession,
  formRequest,
  signInAs,
  textOf,
} from "@/app/form-request";
import type { PasswordState } from "@/components/account/password-form";
import { endSession } from "@/lib/identity/sessions/end-session";
import { isRecent } from "@/lib/identity/sessions/require-recent-authentication";
import { changePassword } from "@/lib/identity/sign-in/change-password";

export async function signOut(): Promise<void> {
  const request = await formRequest();
  await endSession(request.ctx);
  await forgetSession(request);
  redirect("/");
}

export async function changeOwnPassword(_state: PasswordState, form: FormData): Promise<PasswordState> {
  try {
    const request = await requestForPassword(form);
    const { endedTokens, ...signedIn } = await changePassword(request.ctx, {
      currentPassword: textOf(form, "currentPassword"),
      newPassword: textOf(form, "password"),
      ip: request.ip,
    });
    await signInAs(signedIn, request);
    return { values: {}, changed: { endedTokens } };
  } catch (error) {
    return formWithProblem(error, {});
  }
}

/** The form asks for the current password anyway, so that one also confirms a sign-in that is no longer recent. */
async function requestForPassword(form: FormData): Promise<FormRequest> {
  const request = await formRequest();
  const { actor, clock } = request.ctx;
  if (actor.kind !== "user" || isRecent(actor.signIn.at, clock.now())) return request;
  return confirmed(request, form, "currentPassword");
}
