"use server";

import { redirect } from "next/navigation";
import { forgetSession, formRequest } from "@/app/_forms/form-request";
import { endSession } from "@/lib/identity/sessions/sessions";

export async function signOut(): Promise<void> {
  const request = await formRequest();
  await endSession(request.ctx);
  await forgetSession(request);
  redirect("/");
}
