import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute, type Route } from "@/lib/api/route";
import { collectionOf, instant, pageQuery } from "@/lib/api/schemas/common";
import { withIdentity } from "@/lib/identity/identity";
import { changeUser } from "@/lib/identity/users/change-user";
import { createUser } from "@/lib/identity/users/create-user";
import type { InvitationLink } from "@/lib/identity/users/invitation";
import { inviteUser } from "@/lib/identity/users/invite-user";
import { listUsers } from "@/lib/identity/users/list-users";
import type { UserView } from "@/lib/identity/users/user-view";
import { ROLES } from "@/lib/journal/actor";

export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  state: z.enum(["active", "invited", "suspended"]).describe("`invited`: has not chosen a password yet."),
  createdAt: instant,
});

const invitedSchema = z.object({
  id: z.uuid(),
  inviteUrl: z.url().describe("Works once. Give it to the person; Gantry does not send it."),
  expiresAt: instant,
});

const newUser = z.strictObject({
  email: z.string(),
  name: z.string(),
  role: z.enum(["admin", "reviewer", "publisher"]),
});

const userChange = z.strictObject({
  name: z.string().optional(),
  role: z
    .enum(ROLES)
    .optional()
    .describe("A change immediately ends the sessions and API tokens of the account."),
});

/** Operations on accounts, for admins. */
export const userRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/api/v1/users",
    operationId: "createUser",
    summary:
      "Create an account and get the one-time invitation link for it. For an admin it requires a session with a recent " +
      "sign-in.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    body: newUser,
    answers: { 201: { description: "The account and its invitation.", schema: invitedSchema } },
    async handle({ ctx, body }) {
      return json(201, invitedValue(await createUser(withIdentity(ctx), body)));
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/users",
    operationId: "listUsers",
    summary: "List the accounts, oldest first.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "One page of accounts.", schema: collectionOf(userSchema) } },
    async handle({ ctx, query }) {
      const { items, total, next } = await listUsers(ctx, query);
      return json(200, { items: items.map(userValue), total, next: next ?? null });
    },
  }),
  defineRoute({
    method: "PATCH",
    path: "/api/v1/users/{id}",
    operationId: "changeUser",
    summary:
      "Change an account's name or role, or suspend it. Granting or removing the admin role requires a session with a recent " +
      "sign-in.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    body: userChange,
    answers: { 200: { description: "The account as it is now.", schema: userSchema } },
    async handle({ ctx, params, body }) {
      return json(200, userValue(await changeUser(ctx, { id: params.id ?? "", ...body })));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/users/{id}/invitation",
    operationId: "inviteUser",
    summary:
      "Get a new one-time link for an account whose invitation expired or whose owner forgot the password. For an account with a " +
      "password, or an admin's, it requires a session with a recent sign-in.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 201: { description: "The invitation; earlier ones no longer work.", schema: invitedSchema } },
    async handle({ ctx, params }) {
      return json(201, invitedValue(await inviteUser(withIdentity(ctx), { id: params.id ?? "" })));
    },
  }),
];

/** An account as JSON. */
export function userValue(user: UserView): z.infer<typeof userSchema> {
  return { ...user, createdAt: user.createdAt.toISOString() };
}

function invitedValue(invited: InvitationLink & { id: string }): z.infer<typeof invitedSchema> {
  return { ...invited, expiresAt: invited.expiresAt.toISOString() };
}
