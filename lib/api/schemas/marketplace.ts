/** Schemas of responses for publishers and reviewers. */

import { z } from "zod";
import {
  failingTagSchema,
  findingSchema,
  instant,
  skippedTagSchema,
  storedErrorSchema,
} from "@/lib/api/schemas/common";
import { ROLES } from "@/lib/journal/actor";

export const deadMediaSchema = z
  .array(
    z.object({
      use: z.enum(["icon", "screenshot", "link"]),
      name: z.string(),
      label: z.string(),
      tag: z.string().describe("The version whose label names it."),
      host: z.string(),
      why: z.string(),
      since: instant.describe("When it first failed."),
    }),
  )
  .describe("Images and links of the newest listed versions that no longer respond, checked daily.");

const decidedBy = z
  .enum(ROLES)
  .nullable()
  .describe(
    "The role of the person who set this state; only that role or a higher one can change it. Null: a rule, or no person.",
  );

export const versionStateSchema = z.object({
  tag: z.string(),
  version: z.string(),
  digest: z.string(),
  visibility: z.enum(["unlisted", "listed", "held", "yanked", "blocked"]),
  reason: z
    .object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() })
    .nullable(),
  blockLevel: z.enum(["hard", "soft"]).nullable(),
  decidedBy,
  listedAt: instant.nullable(),
  moved: z.object({ digest: z.string(), seenAt: instant }).nullable(),
});

/** A version as reviewers see it. */
const judgedVersionSchema = versionStateSchema.extend({
  beyondApproval: z.array(z.string()),
  findings: z
    .array(findingSchema)
    .describe("Findings from the tag list, in addition to those in the report."),
});

export const openVersionSchema = judgedVersionSchema.extend({
  repository: z.string(),
  title: z.string().nullable(),
});

export const entrySchema = z.object({
  repository: z.string(),
  state: z.enum(["active", "suspended", "expired", "revoked"]),
  track: z.enum(["follow", "range", "pin"]),
  range: z.string().nullable(),
  pin: z.object({ tag: z.string(), digest: z.string() }).nullable(),
  expiresAt: instant.nullable(),
  since: instant,
  reason: z.string().nullable(),
  decidedBy,
});

export const entrySummarySchema = entrySchema.extend({
  title: z.string().nullable(),
  vendor: z.string().nullable(),
  versions: z.object({ listed: z.int(), held: z.int(), moved: z.int() }),
  lastScanAt: instant.nullable(),
});

export const scanSchema = z.object({
  id: z.uuid(),
  state: z.enum(["queued", "running", "ok", "unchanged", "partial", "failed", "rate_limited"]),
  found: z.int(),
  listed: z.int(),
  held: z.int(),
  moved: z.int(),
  skipped: z.array(skippedTagSchema),
  failing: z
    .array(failingTagSchema)
    .describe("Version tags whose image could not be inspected, as of now; at most 100."),
  requests: z.int(),
  bytes: z.int(),
  error: storedErrorSchema.nullable(),
  until: instant.nullable().describe("Earliest time of the next scan, if this one was stopped."),
  pausedUntil: instant
    .nullable()
    .describe("Until when the registry’s host demanded a pause; it applies to all repositories there."),
});

export const entryDetailSchema = entrySummarySchema.extend({
  deprecated: z.object({ message: z.string(), replacement: z.string().nullable() }).nullable(),
  movedTo: z.string().nullable(),
  deadMedia: deadMediaSchema,
  envelope: z.unknown(),
  allVersions: z.array(judgedVersionSchema),
  history: z.array(
    z.object({
      at: instant,
      actor: z.string(),
      kind: z.string(),
      reason: z.string().nullable(),
      tag: z.string().nullable(),
      digest: z.string().nullable(),
    }),
  ),
  lastScan: scanSchema.extend({ at: instant }).nullable(),
});

export const desktopReleaseInput = z.strictObject({
  releasedOn: z.iso.date().nullable().default(null),
  apiVersion: z.string().trim().max(64).nullable(),
  composeVersion: z.string().trim().max(64).nullable().default(null),
  confidence: z.enum(["verified", "inferred", "unverified"]),
  source: z.string().trim().min(1).max(500),
});
