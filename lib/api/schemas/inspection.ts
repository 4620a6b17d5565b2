/** Schemas of pre-flight responses. */

import { z } from "zod";
import { requirementSchema } from "@/lib/api/schemas/catalog";
import { findingSchema, instant } from "@/lib/api/schemas/common";
import { capabilitiesSchema, metadataSchema, platformSchema } from "@/lib/api/schemas/image";
import { supplyChainSchema } from "@/lib/api/schemas/supply-chain";
import type { ComposeDocument, InspectionDocument } from "@/lib/catalog/documents/inspection-document";
import { PREFLIGHT_OUTCOMES } from "@/lib/extension/policy/preflight-outcome";

const composeSchema = z.object({
  path: z.string(),
  layer: z.string(),
  files: z
    .array(z.object({ path: z.string(), layer: z.string() }))
    .describe("The other files that it needs."),
  proof: z.enum(["full", "partial"]),
}) satisfies z.ZodType<ComposeDocument>;

export const inspectionSchema = z.object({
  reference: z.string().describe("By digest: exactly what was inspected."),
  repository: z.string(),
  digest: z.string(),
  mediaType: z.string(),
  tag: z.string().nullable().describe("The requested tag, or the highest version of the repository."),
  version: z.string().nullable(),
  outcome: z
    .enum(PREFLIGHT_OUTCOMES)
    .describe("`our_problem`: no error is known, but a decisive part could not be read."),
  state: z.enum(["inspected", "invalid", "unreadable"]),
  title: z.string().nullable(),
  vendor: z.string().nullable(),
  description: z.string().nullable(),
  detailedDescription: z.string().nullable().describe("Safe HTML."),
  changelog: z.string().nullable().describe("Safe HTML."),
  categories: z.array(z.string()),
  licenses: z.string().nullable(),
  screenshots: z
    .array(z.object({ url: z.string(), alt: z.string() }))
    .describe("As the label lists them: the publisher's URLs, because a pre-flight stores no images."),
  media: z
    .array(
      z.object({
        use: z.enum(["icon", "screenshot", "link"]),
        title: z.string(),
        url: z.string().describe("The URL in the label."),
        outcome: z.enum(["fine", "dead", "unusable", "not_checked"]),
        why: z.string().nullable().describe("A phrase that completes a sentence; null if the URL works."),
      }),
    )
    .describe("The result for each image and page that labels reference. `not_checked` is not an error."),
  platforms: z.array(platformSchema),
  labels: z.record(z.string(), z.string()).describe("As found: untrusted text."),
  metadata: metadataSchema.nullable(),
  compose: composeSchema.nullable().describe("The Compose project that metadata.json names."),
  requirement: requirementSchema,
  attestations: z.object({ provenance: z.boolean(), sbom: z.boolean() }),
  supplyChain: supplyChainSchema,
  capabilities: capabilitiesSchema,
  findings: z.array(findingSchema),
  cost: z
    .object({ requests: z.int(), bytes: z.int(), layerBytes: z.int(), imageBytes: z.int() })
    .describe("The cost of the inspection, and the size of a full pull."),
}) satisfies z.ZodType<Omit<InspectionDocument, "findings">>;

export const preflightAnswerSchema = inspectionSchema.extend({
  shared: z
    .object({ path: z.string(), expiresAt: instant })
    .nullable()
    .describe("The address of the report for a day; null unless requested."),
});
