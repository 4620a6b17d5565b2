"use server";

import { redirect } from "next/navigation";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest, signInAs } from "@/app/_forms/form-request";
import type { FormState } from "@/components/ui/form-state";
import { acceptInvitation as accept } from "@/lib/identity/users/accept-invitation";

export async function acceptInvitation(_state: FormState, form: FormData): Promise<FormState> {
  const name = readField(form, "name");
  try {
    const request = await formRequest();
    const token = readField(form, "token");
    const signedIn = await accept(request.ctx, {
      token,
      name,
      password: readField(form, "password"),
      ip: request.ip,
    });
    await signInAs(signedIn, request);
  } catch (error) {
    return formWithProblem(error, { name });
  }
  redirect("/");
}
