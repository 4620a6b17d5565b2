import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute, type Route } from "@/lib/api/route";
import { collectionOf, instant, instantInput } from "@/lib/api/schemas/common";
import { createToken } from "@/lib/identity/tokens/create-token";
import { listTokens } from "@/lib/identity/tokens/list-tokens";
import { revokeToken } from "@/lib/identity/tokens/revoke-token";
import type { TokenView } from "@/lib/identity/tokens/token-view";
import { SCOPES } from "@/lib/journal/actor";

const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  hint: z.string().describe("The first characters of the token."),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  parentId: z
    .uuid()
    .nullable()
    .describe("The token that created it; null if its owner created it while signed in."),
  descendants: z
    .int()
    .min(0)
    .describe("The number of tokens that are revoked with it: those that it created, directly or not."),
});

const newToken = z.strictObject({
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  expiresAt: instantInput.nullish().describe("Absent or null: the expiry of the calling token, or never."),
});

/** Operations on the caller's own API tokens. */
export const tokenRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/api/v1/tokens",
    operationId: "createToken",
    summary:
      "Create an API token that acts for the caller. One that a token creates has no more scopes, ends no later, and is " +
      "revoked with it. The scope `admin` requires a session with a recent sign-in.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    body: newToken,
    answers: {
      201: {
        description: "The token. It is shown only once.",
        schema: z.object({ id: z.uuid(), token: z.string(), expiresAt: instant.nullable() }),
      },
    },
    async handle({ ctx, body }) {
      const { expiresAt, ...created } = await createToken(ctx, {
        ...body,
        expiresAt: body.expiresAt ?? undefined,
      });
      return json(201, { ...created, expiresAt: expiresAt?.toISOString() ?? null });
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/tokens",
    operationId: "listTokens",
    summary: "List the caller's API tokens, newest first.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    answers: {
      200: {
        description: "The tokens that were not revoked.",
        schema: collectionOf(tokenSchema),
      },
    },
    async handle({ ctx }) {
      const items = (await listTokens(ctx)).map(tokenValue);
      return json(200, { items, total: items.length, next: null });
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/v1/tokens/{id}",
    operationId: "revokeToken",
    summary: "Revoke an API token and the tokens that it created, immediately.",
    tag: "Accounts",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 204: { description: "It no longer works." } },
    async handle({ ctx, params }) {
      await revokeToken(ctx, { id: params.id ?? "" });
      return { kind: "empty", status: 204 };
    },
  }),
];

function tokenValue(token: TokenView): z.infer<typeof tokenSchema> {
  return {
    ...token,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    parentId: token.parentId ?? null,
  };
}
