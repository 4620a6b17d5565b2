import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { instant, storedErrorSchema } from "@/lib/api/schemas/common";
import { getReinspection } from "@/lib/marketplace/reinspection/progress";

const imageSchema = z.object({
  repository: z.string(),
  digest: z.string(),
  versions: z
    .array(
      z.object({
        tag: z.string(),
        visibility: z.enum(["unlisted", "listed", "held", "yanked", "blocked"]),
      }),
    )
    .describe("Its tags; empty where only a submission has the image."),
});

const reinspectionSchema = z.object({
  inspectorVersion: z.int().describe("Increases when a release changes the inspection rules."),
  total: z.int().describe("Images that an older inspector inspected."),
  done: z.int().describe("How many of them were re-inspected."),
  changed: z.int().describe("How many reports changed."),
  failing: z.int().describe("Images whose registry did not respond; retried with back-off."),
  changes: z.array(imageSchema).describe("The latest, at most 50."),
  failures: z
    .array(imageSchema.extend({ error: storedErrorSchema.nullable(), retryAt: instant.nullable() }))
    .describe("At most 50, the next to be retried first."),
});

export const reinspectionRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/reinspection",
    operationId: "getReinspection",
    summary: "The progress and results of re-inspection under this release's rules.",
    tag: "Versions",
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "Progress", schema: reinspectionSchema } },
    handle: async ({ ctx }) => json(200, await getReinspection(ctx)),
  }),
];
