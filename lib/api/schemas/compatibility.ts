import { z } from "zod";
import { offerSchema } from "@/lib/api/schemas/catalog";
import { collectionOf } from "@/lib/api/schemas/common";
import { BADGE_KINDS } from "@/lib/catalog/badges/extension-badge";
import { ARCHITECTURES, type CompatibilityDocument } from "@/lib/catalog/compatibility/matrix";

const architecture = z.enum(ARCHITECTURES);

const releaseRow = z.object({
  desktop: z.string().describe("The Docker Desktop release."),
  releasedOn: z.string().nullable(),
  apiVersion: z.string().nullable(),
  confidence: z.enum(["verified", "inferred", "unverified"]).describe("The confidence in the API version."),
  offers: z.array(offerSchema.pick({ offer: true, reason: true }).extend({ architecture })),
});

export const compatibilitySchema = collectionOf(releaseRow).extend({
  repository: z.string(),
  newest: offerSchema.shape.newest.describe("The newest stable version."),
  architectures: z.array(architecture),
  next: z.null(),
}) satisfies z.ZodType<CompatibilityDocument>;

export const badgeQuery = z.strictObject({
  kind: z.enum(BADGE_KINDS).default("version").describe("The content of the badge."),
});
