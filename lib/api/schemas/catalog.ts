/** The public catalog's documents as clients get them. The types hold these schemas to what the catalog makes. */

import { z } from "zod";
import { collectionOf, findingSchema, instant } from "@/lib/api/schemas/common";
import { capabilitiesSchema, metadataSchema, platformSchema } from "@/lib/api/schemas/image";
import { supplyChainSchema } from "@/lib/api/schemas/supply-chain";
import type {
  EntryDocument,
  ExtensionDocument,
  ExtensionSummary,
  OfferDocument,
  RequirementDocument,
  VersionDocument,
  VersionSummary,
} from "@/lib/catalog/documents/documents";
import type { Facets } from "@/lib/catalog/listing/list-facets";
import type { ListItem } from "@/lib/catalog/queries/list";
import type { BlockedImage } from "@/lib/catalog/views/blocklist";
import type { WholeCatalog } from "@/lib/catalog/views/catalog-content";
import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";

const reason = z.object({ code: z.string(), message: z.string() });
export const deprecationSchema = z.object({ message: z.string(), replacement: z.string().nullable() });
const link = z.object({ title: z.string(), url: z.string() });

export const requirementSchema = z.object({
  raw: z.string().nullable().describe("The label as found."),
  range: z.string().nullable().describe("How it is read here; null when it cannot be read."),
  reading: z.enum(["minimum", "exact"]).describe("How a version without operator is read here."),
  readings: z.object({ minimum: z.string(), exact: z.string() }).nullable(),
  minimumDesktop: z.string().nullable().describe("The oldest known Docker Desktop release that fits."),
  message: z.string().nullable().describe("Why it cannot be read."),
}) satisfies z.ZodType<RequirementDocument>;

const versionSummaryShape = {
  tag: z.string(),
  version: z.string(),
  channel: z.enum(["stable", "prerelease"]),
  digest: z.string(),
  listedAt: instant.nullable(),
  requirement: requirementSchema,
  platforms: z.array(platformSchema),
};

export const versionSummarySchema = z.object(versionSummaryShape) satisfies z.ZodType<VersionSummary>;

const summaryShape = {
  repository: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  vendor: z.string().nullable(),
  publisher: z.object({
    name: z.string().describe("The namespace that the registry gave out."),
    verified: z.boolean(),
  }),
  categories: z.array(z.string()),
  icon: z.string().nullable().describe("A path on this origin."),
  latest: versionSummarySchema.nullable(),
  latestPrerelease: versionSummarySchema.nullable(),
  deprecated: deprecationSchema.nullable(),
  movedTo: z.string().nullable(),
};

export const extensionSummarySchema = z.object(summaryShape) satisfies z.ZodType<ExtensionSummary>;

const entrySchema = z.object({
  track: z.enum(["follow", "range", "pin"]),
  range: z.string().nullable(),
  pin: z.object({ tag: z.string(), digest: z.string() }).nullable(),
  state: z.enum(["active", "suspended", "expired", "revoked"]),
  since: instant,
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<EntryDocument>;

export const extensionSchema = z.object({
  ...summaryShape,
  unavailable: z
    .object({ reason: z.enum(["gone", "private", "blocked"]), since: instant, message: z.string() })
    .nullable()
    .describe("The registry has refused the repository since then. What was accepted stays listed."),
  detailedDescription: z.string().nullable().describe("Safe HTML."),
  screenshots: z
    .array(
      z.object({
        url: z.string().describe("A path on this origin."),
        alt: z.string(),
        width: z.int().describe("In pixels."),
        height: z.int().describe("In pixels."),
      }),
    )
    .describe("Copies of those that could be had, in the publisher's order."),
  links: z.array(link.extend({ rel: z.enum(["publisher", "source", "other"]) })),
  licenses: z.string().nullable(),
  versions: z.array(versionSummarySchema).describe("Every version that may be installed, newest first."),
  entry: entrySchema,
}) satisfies z.ZodType<ExtensionDocument>;

export const versionSchema = z.object({
  repository: z.string(),
  ...versionSummaryShape,
  reference: z.string(),
  visibility: z.enum(["unlisted", "listed", "held", "yanked", "blocked"]),
  reason: reason.nullable().describe("Why it is not offered; null when it is."),
  moved: z
    .object({ digest: z.string(), seenAt: instant })
    .nullable()
    .describe("The other digest that the tag points to now."),
  missingSince: instant.nullable().describe("Since when the registry no longer has the tag."),
  availability: z
    .enum(["available", "moved", "unavailable"])
    .describe("Whether the registry still gives this image for its tag."),
  aliases: z.array(z.string()).describe("The other version tags of the same image."),
  attestations: z.object({ provenance: z.boolean(), sbom: z.boolean() }),
  supplyChain: supplyChainSchema,
  capabilities: capabilitiesSchema,
  findings: z.array(findingSchema),
  labels: z.record(z.string(), z.string()).describe("As found: untrusted text."),
  metadata: metadataSchema.nullable(),
  changelog: z.string().nullable().describe("Safe HTML."),
}) satisfies z.ZodType<Omit<VersionDocument, "findings">>;

const offerReason = reason.extend({
  minimumDesktop: z.string().nullable(),
  maximumDesktop: z.string().nullable(),
});

export const offeredSchema = z.object({
  tag: z.string(),
  version: z.string(),
  digest: z.string(),
  reference: z.string().describe("Always by digest."),
  confidence: z.enum(["verified", "inferred", "unverified", "assumed"]),
  warnings: z.array(reason),
});

export const offerSchema = z.object({
  offer: offeredSchema.nullable(),
  newest: z.object({ tag: z.string(), version: z.string(), digest: z.string() }).nullable(),
  reason: offerReason,
}) satisfies z.ZodType<OfferDocument>;

const listItemSchema = extensionSummarySchema.extend({
  offer: offeredSchema.nullable().optional().describe("Only when the query describes a host."),
  offerReason: offerReason.optional(),
}) satisfies z.ZodType<ListItem>;

const facet = z.array(z.object({ value: z.string(), count: z.int() }));

export const extensionPageSchema = collectionOf(listItemSchema).extend({
  facets: z.object({
    categories: facet,
    publishers: facet.describe("The fifty with the most extensions."),
    capabilities: facet,
    platforms: facet,
    compatible: z.int().nullable().describe("How many are offered to the host; null without one."),
  }) satisfies z.ZodType<Facets>,
});

export const blockedImageSchema = z.object({
  repository: z.string().describe("Where it was blocked; the block holds in every repository."),
  tag: z.string(),
  digest: z.string().describe("Of the index, or of the manifest where the image has no index."),
  platformDigests: z
    .array(z.string())
    .describe("Of the images for single platforms behind the digest; blocked inside any other index, too."),
  level: z.enum(["hard", "soft"]).describe("hard = remove it, soft = warn."),
  reason,
  everyRepository: z.literal(true).describe("Match by digest, whatever repository and tag it has."),
  copies: z
    .array(z.object({ repository: z.string(), tag: z.string(), digest: z.string() }))
    .describe("Other versions of this catalog that contain the image or one of its platforms."),
}) satisfies z.ZodType<BlockedImage>;

export const wholeCatalogSchema = z.object({
  snapshot: z.string().describe("What to ask for as `since` the next time."),
  generatedAt: instant,
  sha256: z.string().describe("Of the items of a full answer, as a JSON array without white space."),
  full: z.boolean().describe("False: only what changed since."),
  since: z.string().nullable(),
  total: z.int().describe("How many extensions there are in all."),
  items: z.array(extensionSummarySchema),
  removed: z.array(z.string()).describe("What is not listed any more; empty in a full answer."),
}) satisfies z.ZodType<WholeCatalog>;

export const categorySchema = z.object({ id: z.string(), title: z.string(), count: z.int() });

export const desktopReleaseSchema = z.object({
  version: z.string(),
  releasedOn: z.string().nullable(),
  apiVersion: z.string().nullable(),
  confidence: z.enum(["verified", "inferred", "unverified"]),
  source: z.string(),
}) satisfies z.ZodType<DesktopRelease>;
