import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { SECRET_LINKS } from "@/lib/api/rate-limits";
import { defineRoute, type Route } from "@/lib/api/route";
import { userSchema, userValue } from "@/lib/api/routes/users";
import { firstTokenInput, firstTokenSchema, firstTokenValue } from "@/lib/api/schemas/first-token";
import { withIdentity } from "@/lib/identity/identity";
import { setUp } from "@/lib/identity/set-up/set-up";

const body = z.strictObject({
  token: z
    .string()
    .describe("From the link that the server prints, or the file setup-token in its data folder."),
  email: z.string(),
  name: z.string(),
  password: z.string().describe("12 to 256 characters."),
  ...firstTokenInput,
});

const answer = z.object({
  ...firstTokenSchema,
  token: z.string().describe("An API token with every scope; shown only once."),
  user: userSchema,
});

/** Set-up: creates the first admin. Works once in the lifetime of a database. */
export const setupRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/api/v1/setup",
    operationId: "setUp",
    summary: "Create the first admin with the one-time setup token.",
    tag: "Accounts",
    access: "optional-actor",
    limit: SECRET_LINKS,
    body,
    answers: { 201: { description: "The admin, and an API token with every scope.", schema: answer } },
    async handle({ ctx, body, request }) {
      const { tokenExpiresAt, ...admin } = body;
      const { user, apiToken } = await setUp(withIdentity(ctx), {
        ...admin,
        ip: request.ip,
        apiToken: { expiresAt: tokenExpiresAt },
      });
      return json(201, { ...firstTokenValue(apiToken), user: userValue(user) });
    },
  }),
];
