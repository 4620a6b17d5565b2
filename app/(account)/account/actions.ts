"use server";

import { redirect } from "next/navigation";
import { formWithProblem } from "@/app/form-problem";
import { forgetSession, formRequest, signInAs, textOf } from "@/app/form-request";
import type { PasswordState } from "@/components/account/password-form";
import { changePassword } from "@/lib/identity/change-password";
import { endSession } from "@/lib/identity/end-session";

export async function signOut(): Promise<void> {
  const request = await formRequest();
  await endSession(request.ctx);
  await forgetSession(request);
  redirect("/");
}

export async function changeOwnPassword(_state: PasswordState, form: FormData): Promise<PasswordState> {
  try {
    const request = await formRequest();
    const signedIn = await changePassword(request.ctx, {
      currentPassword: textOf(form, "currentPassword"),
      newPassword: textOf(form, "password"),
      ip: request.ip,
    });
    await signInAs(signedIn, request);
    return { values: {}, changed: true };
  } catch (error) {
    return formWithProblem(error, {});
  }
}
