"use server";

import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest, signInAs } from "@/app/_forms/form-request";
import type { SetupState } from "@/components/account/setup-form";
import { setUp } from "@/lib/identity/set-up/set-up";

export async function completeSetup(_state: SetupState, form: FormData): Promise<SetupState> {
  const email = readField(form, "email");
  const name = readField(form, "name");
  try {
    const request = await formRequest();
    const signedIn = await setUp(request.ctx, {
      token: readField(form, "token"),
      email,
      name,
      password: readField(form, "password"),
      ip: request.ip,
    });
    await signInAs(signedIn, request);
    return { values: {}, done: true };
  } catch (error) {
    return formWithProblem(error, { email, name });
  }
}
