/** `/api/v1/submissions`: publishers submit, withdraw, reply; reviewers decide. */

import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import {
  collectionOf,
  failingTagSchema,
  findingSchema,
  instant,
  instantInput,
  pageQuery,
  reasonInput,
  skippedTagSchema,
  storedErrorSchema,
} from "@/lib/api/schemas/common";
import { deadMediaSchema } from "@/lib/api/schemas/marketplace";
import { trackRequestSchema } from "@/lib/marketplace/entries/track-request";
import { decide } from "@/lib/marketplace/submissions/decide";
import {
  recheckSubmission,
  replyToSubmission,
  withdrawSubmission,
} from "@/lib/marketplace/submissions/submission-commands";
import { getSubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import { getSubmission, listSubmissions } from "@/lib/marketplace/submissions/submissions";
import { submit } from "@/lib/marketplace/submissions/submit";

const STATES = [
  "checking",
  "in_review",
  "needs_changes",
  "errored",
  "approved",
  "declined",
  "withdrawn",
] as const;

export const submissionSchema = z.object({
  id: z.uuid(),
  repository: z.string(),
  state: z.enum(STATES),
  submitter: z.object({ id: z.uuid(), name: z.string() }),
  candidate: z.object({ tag: z.string(), digest: z.string() }).nullable(),
  isPrivate: z
    .boolean()
    .describe(
      "The last check read the image with registry credentials. Until an approval, only people with a reviewing role see its result.",
    ),
  findings: z.array(findingSchema),
  error: storedErrorSchema.nullable(),
  retry: z.object({ attempts: z.int().min(0), at: instant.nullable() }).nullable(),
  skippedTags: z.array(skippedTagSchema),
  timeline: z.array(
    z.object({ at: instant, kind: z.string(), actor: z.string(), message: z.string().nullable() }),
  ),
  queue: z.object({ position: z.int().min(1), medianDecisionSeconds: z.int().nullable() }).nullable(),
  refusal: z
    .object({ message: z.string(), since: z.string(), times: z.number().int(), public: z.boolean() })
    .nullable()
    .describe("Once approved: the registry denies access to the repository; `public` = visitors see it."),
  deadMedia: deadMediaSchema,
  failingTags: z
    .array(failingTagSchema)
    .describe("Once approved: version tags whose image could not be inspected; at most 100."),
  previousId: z.uuid().nullable(),
  createdAt: instant,
  updatedAt: instant,
});

const answer = { description: "The submission", schema: submissionSchema };

const decisionBody = trackRequestSchema.extend({
  decision: z.enum(["approve", "request_changes", "decline"]),
  reason: reasonInput.optional(),
  expectedDigest: z.string().max(200).optional(),
  expiresAt: instantInput.optional(),
});

export const submissionRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/submissions",
    operationId: "submit",
    summary: "Submit an image repository: a name, the address of a Docker Hub page, or a docker command.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({ repository: z.string().min(1).max(2_000) }),
    answers: {
      202: { ...answer, description: "The submission is open and its check has started" },
      200: { ...answer, description: "Your existing open submission of this repository" },
    },
    async handle({ ctx, body }) {
      const { submission, created } = await submit(ctx, body);
      return json(created ? 202 : 200, submission, { location: `/api/v1/submissions/${submission.id}` });
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/submissions",
    operationId: "listSubmissions",
    summary: "Your submissions, newest first; reviewers and admins see all.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject({ ...pageQuery, state: z.enum(STATES).optional() }),
    answers: { 200: { description: "A page of submissions", schema: collectionOf(submissionSchema) } },
    async handle({ ctx, query }) {
      return json(200, await listSubmissions(ctx, query));
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/submissions/{id}",
    operationId: "getSubmission",
    summary: "One submission with its findings, history and position in the queue.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: answer },
    async handle({ ctx, params }) {
      return json(200, await getSubmission(ctx, { id: params.id ?? "" }));
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/v1/submissions/{id}/report",
    operationId: "getSubmissionReport",
    summary: "The report of the last check: platforms, labels, metadata.json, capabilities, findings.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    answers: {
      200: {
        description: "The report; null until an inspection succeeds",
        schema: z.object({
          report: z.unknown().nullable(),
          comparedWith: z.object({ tag: z.string(), digest: z.string() }).nullable(),
          capabilityChanges: z.array(z.unknown()),
        }),
      },
    },
    async handle({ ctx, params }) {
      return json(200, await getSubmissionReport(ctx, { id: params.id ?? "" }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/submissions/{id}/withdraw",
    operationId: "withdrawSubmission",
    summary: "Withdraw an open submission.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({ reason: reasonInput.optional() }),
    answers: { 200: answer },
    async handle({ ctx, params, body }) {
      return json(200, await withdrawSubmission(ctx, { id: params.id ?? "", ...body }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/submissions/{id}/check",
    operationId: "checkSubmission",
    summary: "Check the image again, after you pushed a fix or the registry recovered.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({}).optional(),
    answers: { 202: { ...answer, description: "The check has started" } },
    async handle({ ctx, params }) {
      return json(202, await recheckSubmission(ctx, { id: params.id ?? "" }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/submissions/{id}/reply",
    operationId: "replyToSubmission",
    summary: "Reply to a reviewer; Gantry checks the image again.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({ message: reasonInput }),
    answers: { 202: { ...answer, description: "The reply is stored and the check has started" } },
    async handle({ ctx, params, body }) {
      return json(202, await replyToSubmission(ctx, { id: params.id ?? "", message: body.message }));
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/v1/submissions/{id}/decision",
    operationId: "decideSubmission",
    summary: "Approve, request changes or decline. An approval names the reviewed digest.",
    tag: "Submissions",
    access: "actor",
    limit: ACCOUNTS,
    body: decisionBody,
    answers: { 200: answer },
    async handle({ ctx, params, body }) {
      const { track, range, pin, ...decision } = body;
      return json(200, await decide(ctx, { id: params.id ?? "", ...decision, track: { track, range, pin } }));
    },
  }),
];
