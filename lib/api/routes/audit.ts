import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { collectionOf, instant, pageQuery } from "@/lib/api/schemas/common";
import { CHAIN_PROBLEMS } from "@/lib/journal/audit-check";
import { listAudit, verifyAudit } from "@/lib/marketplace/history/audit-log";

const eventSchema = z.object({
  sequence: z.string(),
  at: instant,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
  hash: z.string(),
});

const sequence = z
  .string()
  .regex(/^\d{1,18}$/, "is not the sequence of a row")
  .transform((text) => BigInt(text));

const chainSchema = z.union([
  z.object({
    ok: z.literal(true),
    rows: z.int(),
    head: z.string(),
    next: z.string().nullable(),
    checkpoint: z.object({ sequence: z.string(), at: instant }).nullable(),
  }),
  z.object({
    ok: z.literal(false),
    rows: z.int(),
    brokenAt: z.string(),
    problem: z.enum(CHAIN_PROBLEMS),
    keyId: z.string().optional(),
  }),
]);

export const auditRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/audit",
    operationId: "listAudit",
    summary: "Every write, newest first: who, what, before and after, why.",
    tag: "Audit",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject({
      limit: pageQuery.limit,
      cursor: sequence.optional(),
      subjectId: z.string().max(500).optional(),
      action: z.string().max(100).optional(),
    }),
    answers: { 200: { description: "A page of the audit log", schema: collectionOf(eventSchema) } },
    async handle({ ctx, query }) {
      return json(200, await listAudit(ctx, query));
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/audit/check",
    operationId: "checkAudit",
    summary:
      "Check up to 10,000 rows of the audit chain against their keys, each other and this process's checkpoints.",
    tag: "Audit",
    access: "actor",
    limit: { perSecond: 1, burst: 20 },
    query: z.strictObject({ after: sequence.optional() }),
    answers: { 200: { description: "Whether history is whole", schema: chainSchema } },
    async handle({ ctx, query }) {
      return json(200, await verifyAudit(ctx, query.after));
    },
  }),
];
