import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { policySchema } from "@/lib/extension/policy/policy";
import { changePolicy, getPolicy } from "@/lib/marketplace/policy/policy";

const documentSchema = z.object({ version: z.int(), policy: policySchema });

export const policyRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/policy",
    operationId: "getPolicy",
    summary: "The rules in force: preset, severities, what happens to new versions.",
    tag: "Policy",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "The policy", schema: documentSchema } },
    async handle({ ctx }) {
      return json(200, await getPolicy(ctx));
    },
  }),
  defineRoute({
    method: "PUT",
    path: "/api/v1/policy",
    operationId: "changePolicy",
    summary: "Replace the policy. What is listed stays listed.",
    tag: "Policy",
    access: "actor",
    limit: ACCOUNTS,
    body: z.strictObject({ policy: policySchema, expectedVersion: z.int().min(0).optional() }),
    answers: { 200: { description: "The policy", schema: documentSchema } },
    async handle({ ctx, body }) {
      return json(200, await changePolicy(ctx, body));
    },
  }),
];
