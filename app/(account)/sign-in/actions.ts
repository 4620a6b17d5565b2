"use server";

import { redirect } from "next/navigation";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest, signInAs } from "@/app/_forms/form-request";
import { returnPath } from "@/app/_page/return-path";
import type { FormState } from "@/components/ui/form-state";
import { authenticate } from "@/lib/identity/sign-in/authenticate";

export async function signIn(_state: FormState, form: FormData): Promise<FormState> {
  const email = readField(form, "email");
  try {
    const request = await formRequest();
    const password = readField(form, "password");
    const { ip, deviceCookie } = request;
    const signedIn = await authenticate(request.ctx, { email, password, ip, deviceCookie });
    await signInAs(signedIn, request);
  } catch (error) {
    return formWithProblem(error, { email });
  }
  redirect(returnPath(readField(form, "next")));
}
