"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readChoice, readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmedFormRequest } from "@/app/_forms/form-request";
import type { InviteState } from "@/components/admin/people/invite-form";
import type { FormState } from "@/components/ui/form-state";
import { changeUser } from "@/lib/identity/users/change-user";
import { createUser } from "@/lib/identity/users/create-user";
import { inviteUser } from "@/lib/identity/users/invite-user";

const GIVEN_ROLES = ["publisher", "reviewer", "admin"] as const;
const HERE = "/admin/users";

export async function invitePerson(_state: InviteState, form: FormData): Promise<InviteState> {
  const values = {
    email: readField(form, "email"),
    name: readField(form, "name"),
    role: readField(form, "role"),
  };
  try {
    const { ctx } = await confirmedFormRequest(form);
    const role = readChoice(form, "role", GIVEN_ROLES);
    const { inviteUrl, expiresAt } = await createUser(ctx, { email: values.email, name: values.name, role });
    return { values: {}, invited: { name: values.name, inviteUrl, expiresAt: expiresAt.toISOString() } };
  } catch (error) {
    return formWithProblem(error, values);
  }
}

export async function invitePersonAgain(_state: InviteState, form: FormData): Promise<InviteState> {
  try {
    const { ctx } = await confirmedFormRequest(form);
    const { inviteUrl, expiresAt } = await inviteUser(ctx, { id: readField(form, "id") });
    const name = readField(form, "name");
    return { values: {}, invited: { name, inviteUrl, expiresAt: expiresAt.toISOString() } };
  } catch (error) {
    return formWithProblem(error, {});
  }
}

export async function changeRole(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const role = readChoice(form, "role", GIVEN_ROLES);
    const { name } = await changeUser(ctx, { id: readField(form, "id"), role });
    return { tone: "success", title: `Changed the role of ${name} to ${role}`, to: HERE };
  });
}

export async function suspendPerson(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { name } = await changeUser(ctx, { id: readField(form, "id"), role: "suspended" });
    const text = "All sessions, API tokens and invitations of the account have ended.";
    return { tone: "success", title: `Suspended ${name}`, text, to: HERE };
  });
}
