/** Dead-letter jobs, for admins. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { collectionOf, instant } from "@/lib/api/schemas/common";
import { DEAD_LETTER_KINDS } from "@/lib/marketplace/dead-letters/dead-letter";
import { listDeadLetters } from "@/lib/marketplace/dead-letters/list-dead-letters";
import { retryDeadLetter } from "@/lib/marketplace/dead-letters/retry-dead-letter";

const deadLetterSchema = z.object({
  id: z.uuid(),
  kind: z
    .enum(DEAD_LETTER_KINDS)
    .describe("`check`: of a submission; `scan`: for new tags; `media`: of images and links."),
  repository: z.string().nullable().describe("Null: Gantry no longer knows the extension."),
  crashes: z.int().min(1).describe("The number of Gantry processes that crashed while the job ran."),
  lastCrashAt: instant,
  deadSince: instant,
});

export const deadLetterRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/dead-letters",
    operationId: "listDeadLetters",
    summary: "Jobs that Gantry stopped running because its process crashed each time.",
    tag: "Jobs",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "Newest first, at most 500", schema: collectionOf(deadLetterSchema) } },
    async handle({ ctx }) {
      const items = await listDeadLetters(ctx);
      return json(200, { items, total: items.length, next: null });
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/dead-letters/{id}/retry",
    operationId: "retryDeadLetter",
    summary: "Retry a dead-letter job alone, with no other job in parallel.",
    tag: "Jobs",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({}).optional(),
    answers: { 202: { description: "The job is queued", schema: z.object({ id: z.uuid() }) } },
    async handle({ ctx, params }) {
      const { id = "" } = params;
      await retryDeadLetter(ctx, { id });
      return json(202, { id });
    },
  }),
];
