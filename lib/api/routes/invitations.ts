import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { SECRET_LINKS } from "@/lib/api/rate-limits";
import { defineRoute, type Route } from "@/lib/api/route";
import { userSchema, userValue } from "@/lib/api/routes/users";
import { firstTokenInput, firstTokenSchema, firstTokenValue } from "@/lib/api/schemas/first-token";
import { withIdentity } from "@/lib/identity/identity";
import { acceptInvitation } from "@/lib/identity/users/accept-invitation";
import { SCOPES } from "@/lib/journal/actor";

const body = z.strictObject({
  token: z.string().max(200).describe("The last part of the invitation's address."),
  name: z.string(),
  password: z.string().describe("12 to 256 characters."),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, "names a scope twice")
    .optional()
    .describe("The scopes of a first API token. If absent, no token is created."),
  ...firstTokenInput,
});

const answer = z.object({
  user: userSchema,
  ...firstTokenSchema,
});

/** Operations for invited people, authorized only by the secret in the invitation link. */
export const invitationRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/api/v1/invitations/accept",
    operationId: "acceptInvitation",
    summary: "Choose a name and a password for an invited account. Works once.",
    tag: "Accounts",
    access: "optional-actor",
    limit: SECRET_LINKS,
    body,
    answers: { 200: { description: "The account, ready to be used.", schema: answer } },
    async handle({ ctx, body, request }) {
      const { user, apiToken } = await acceptInvitation(withIdentity(ctx), { ...body, ip: request.ip });
      return json(200, { user: userValue(user), ...firstTokenValue(apiToken) });
    },
  }),
];
