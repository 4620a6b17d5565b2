/** The API token that setup and accepted invitations hand out. */

import { z } from "zod";
import { instant, instantInput } from "@/lib/api/schemas/common";
import type { FirstToken } from "@/lib/identity/tokens/first-token";

export const firstTokenInput = {
  tokenExpiresAt: instantInput
    .nullable()
    .optional()
    .describe("When the API token expires. Absent: in 24 hours. Null: never."),
};

export const firstTokenSchema = {
  token: z.string().nullable().describe("The API token with the requested scopes; shown only once."),
  tokenExpiresAt: instant
    .nullable()
    .describe("When the token expires; null: never, or no token was created."),
};

export function firstTokenValue(token: FirstToken | undefined) {
  return { token: token?.token ?? null, tokenExpiresAt: token?.expiresAt?.toISOString() ?? null };
}
