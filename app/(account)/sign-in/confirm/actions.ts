"use server";

import { redirect } from "next/navigation";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmed, formRequest } from "@/app/_forms/form-request";
import { returnPath } from "@/app/_page/return-path";
import type { FormState } from "@/components/ui/form-state";

export async function confirmOwnSignIn(_state: FormState, form: FormData): Promise<FormState> {
  try {
    await confirmed(await formRequest(), form, "password");
  } catch (error) {
    return formWithProblem(error, {});
  }
  redirect(returnPath(readField(form, "next")));
}
