"use server";

import { refresh } from "next/cache";
import { runFormAction } from "@/app/_forms/form-action";
import { readEndOfDay, readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmedFormRequest } from "@/app/_forms/form-request";
import { tokenCount } from "@/components/account/account-labels";
import type { TokenState } from "@/components/account/token-form";
import type { FormState } from "@/components/ui/form-state";
import { revokeOtherSessions, revokeSession } from "@/lib/identity/sessions/sessions";
import { createToken } from "@/lib/identity/tokens/create-token";
import { revokeToken } from "@/lib/identity/tokens/revoke-token";
import { changeName } from "@/lib/identity/users/change-name";
import { SCOPES } from "@/lib/journal/actor";

export async function changeOwnName(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { name } = await changeName(ctx, { name: readField(form, "name") });
    return { tone: "success", title: `Name changed to ${name}`, to: "/account" };
  });
}

export async function endOneSession(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    await revokeSession(ctx, { id: readField(form, "id") });
    return { tone: "success", title: "Session ended", to: "/account/sessions" };
  });
}

export async function endOtherSessions(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const ended = await revokeOtherSessions(ctx);
    const title = ended === 1 ? "1 other session ended" : `${ended} other sessions ended`;
    return { tone: "success", title, to: "/account/sessions" };
  });
}

export async function makeToken(_state: TokenState, form: FormData): Promise<TokenState> {
  const scopes = SCOPES.filter((scope) => form.getAll("scopes").includes(scope));
  const name = readField(form, "name");
  const values = { name, scopes: scopes.join(" "), expiresOn: readField(form, "expiresOn") };
  try {
    const { ctx } = await confirmedFormRequest(form);
    const expiresAt = readEndOfDay(form, "expiresOn");
    const { token } = await createToken(ctx, { name, scopes, expiresAt });
    refresh();
    return { values: {}, created: { name, token } };
  } catch (error) {
    return formWithProblem(error, values);
  }
}

export async function endToken(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { descendants } = await revokeToken(ctx, { id: readField(form, "id") });
    const text = descendants === 0 ? undefined : `${tokenCount(descendants)} that it created ended too.`;
    return { tone: "success", title: "API token revoked", text, to: "/account/tokens" };
  });
}
