/** Operations that change the allow-list: adding a repository directly, and changing an entry. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { submissionSchema } from "@/lib/api/routes/submissions";
import { collectionOf, instantInput, reasonInput } from "@/lib/api/schemas/common";
import { entryDetailSchema, entrySchema, entrySummarySchema } from "@/lib/api/schemas/marketplace";
import { changeEntry } from "@/lib/marketplace/entries/change-entry";
import { changeExtension } from "@/lib/marketplace/entries/change-extension";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { listAllEntries } from "@/lib/marketplace/entries/list-entries";
import { trackRequestSchema } from "@/lib/marketplace/entries/track-request";
import { addEntry } from "@/lib/marketplace/submissions/add-entry";

const deprecationSchema = z.strictObject({
  message: reasonInput,
  replacement: z.string().max(2_000).nullable().default(null),
});

export const entryRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/entries",
    operationId: "listEntries",
    summary: "Every entry in every state, with its pending decisions.",
    tag: "Allow-list",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject({ state: z.enum(["active", "suspended", "expired", "revoked"]).optional() }),
    answers: { 200: { description: "The entries by repository", schema: collectionOf(entrySummarySchema) } },
    async handle({ ctx, query }) {
      const items = await listAllEntries(ctx, query);
      return json(200, { items, total: items.length, next: null });
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/entries/{repository}",
    operationId: "getEntry",
    summary: "One entry with all its versions, its envelope and its decisions.",
    tag: "Allow-list",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "The entry", schema: entryDetailSchema } },
    async handle({ ctx, params }) {
      return json(200, await getEntry(ctx, { repository: params.repository ?? "" }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/allow-list",
    operationId: "addEntry",
    summary:
      "Add a repository directly (admins only). It is inspected like a submission and approved when it passes.",
    tag: "Allow-list",
    access: "actor",
    limit: ACCOUNTS,
    body: trackRequestSchema.extend({
      repository: z.string().min(1).max(2_000),
      expiresAt: instantInput.optional(),
      reason: reasonInput,
      expectedDigest: z
        .string()
        .max(200)
        .optional()
        .describe(
          "The digest that you reviewed. Without it, or if the candidate differs, anything that needs review waits in the review queue.",
        ),
    }),
    answers: { 202: { description: "The submission that carries it", schema: submissionSchema } },
    async handle({ ctx, body }) {
      const { repository, expiresAt, reason, expectedDigest, ...track } = body;
      const { submission } = await addEntry(ctx, { repository, expiresAt, reason, expectedDigest, track });
      return json(202, submission, { location: `/api/v1/submissions/${submission.id}` });
    },
  }),
  defineRoute({
    method: "PATCH",
    path: "/api/v1/allow-list/{repository}",
    operationId: "changeEntry",
    summary: "Suspend, resume, revoke or renew an entry, or change its track or expiry.",
    tag: "Allow-list",
    access: "actor",
    limit: ACCOUNTS,
    body: trackRequestSchema.extend({
      state: z.enum(["active", "suspended", "revoked"]).optional(),
      expiresAt: instantInput.nullable().optional(),
      reason: reasonInput,
    }),
    answers: { 200: { description: "The entry", schema: entrySchema } },
    async handle({ ctx, params, body }) {
      const { state, expiresAt, reason, ...track } = body;
      const changesTrack = Object.values(track).some((part) => part !== undefined);
      const change = {
        repository: params.repository ?? "",
        state,
        expiresAt,
        reason,
        track: changesTrack ? track : undefined,
      };
      return json(200, await changeEntry(ctx, change));
    },
  }),
  defineRoute({
    method: "PATCH",
    path: "/api/v1/extensions/{repository}",
    operationId: "changeExtension",
    summary: "Mark an extension as deprecated or as moved to another active repository, or undo that.",
    tag: "Extensions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({
      deprecated: deprecationSchema.nullable().optional(),
      movedTo: z.string().min(1).max(2_000).nullable().optional(),
      reason: reasonInput.optional(),
    }),
    answers: {
      200: {
        description: "The extension",
        schema: z.object({
          repository: z.string(),
          deprecated: deprecationSchema.nullable(),
          movedTo: z.string().nullable(),
        }),
      },
    },
    async handle({ ctx, params, body }) {
      return json(200, await changeExtension(ctx, { repository: params.repository ?? "", ...body }));
    },
  }),
];
