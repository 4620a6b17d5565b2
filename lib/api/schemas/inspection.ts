/** What a pre-flight answers with. */

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
  files: z.array(z.object({ path: z.string(), layer: z.string() })).describe("Further files that it needs."),
  proof: z.enum(["full", "partial"]),
}) satisfies z.ZodType<ComposeDocument>;

export const inspectionSchema = z.object({
  reference: z.string().describe("By digest: exactly what was looked at."),
  repository: z.string(),
  digest: z.string(),
  mediaType: z.string(),
  tag: z.string().nullable().describe("The tag asked for, or the greatest version of the repository."),
  version: z.string().nullable(),
  outcome: z
    .enum(PREFLIGHT_OUTCOMES)
    .describe("`our_problem`: nothing is wrong as far as is known, but what decides could not be read."),
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
    .describe("As the label names them: the publisher's addresses, since a pre-flight stores no pictures."),
  media: z
    .array(
      z.object({
        use: z.enum(["icon", "screenshot", "link"]),
        title: z.string(),
        url: z.string().describe("The label's address."),
        outcome: z.enum(["fine", "dead", "unusable", "not_checked"]),
        why: z.string().nullable().describe("A part of a sentence; null when it is fine."),
      }),
    )
    .describe("What became of each picture and page that labels name. `not_checked` is nobody's fault."),
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
    .describe("What it took to learn this, and what a full pull would have transferred."),
}) satisfies z.ZodType<Omit<InspectionDocument, "findings">>;

export const preflightAnswerSchema = inspectionSchema.extend({
  shared: z
    .object({ path: z.string(), expiresAt: instant })
    .nullable()
    .describe("Where the report can be looked at for a day; null unless asked for."),
});
