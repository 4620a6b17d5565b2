/** Schemas of the public catalog's documents. Their types tie them to what the catalog builds. */

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
  range: z.string().nullable().describe("The parsed range; null if it cannot be parsed."),
  reading: z.enum(["minimum", "exact"]).describe("How a version without an operator is interpreted."),
  readings: z.object({ minimum: z.string(), exact: z.string() }).nullable(),
  minimumDesktop: z.string().nullable().describe("The oldest known Docker Desktop release that fits."),
  message: z.string().nullable().describe("Why it cannot be parsed."),
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
    name: z.string().describe("The namespace in the registry."),
    verified: z.boolean(),
  }),
  categories: z.array(z.string()),
  icon: z.string().nullable().describe("A path on this origin."),
  latest: versionSummarySchema
    .nullable()
    .describe("The newest stable version for both linux/amd64 and linux/arm64, or else the newest."),
  latestPrerelease: versionSummarySchema.nullable().describe("The same among prereleases."),
  deprecated: deprecationSchema.nullable(),
  movedTo: z.string().nullable(),
};

const extensionSummarySchema = z.object(summaryShape) satisfies z.ZodType<ExtensionSummary>;

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
    .describe("The registry has denied access to the repository since then. Accepted versions stay listed."),
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
    .describe("Copies of the available screenshots, in the publisher's order."),
  links: z.array(link.extend({ rel: z.enum(["publisher", "source", "other"]) })),
  licenses: z.string().nullable(),
  versions: z.array(versionSummarySchema).describe("Every version that can be installed, newest first."),
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
  missingSince: instant.nullable().describe("When the registry was first found without the tag."),
  availability: z
    .enum(["available", "moved", "unavailable"])
    .describe("Whether the tag still points to this image in the registry."),
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
    publishers: facet.describe("The 50 publishers with the most extensions."),
    capabilities: facet,
    platforms: facet,
    compatible: z
      .int()
      .nullable()
      .describe("The number of extensions that the host is offered; null without a host."),
  }) satisfies z.ZodType<Facets>,
});

export const blockedImageSchema = z.object({
  repository: z
    .string()
    .describe("The repository where it was blocked; the block holds in every repository."),
  tag: z.string(),
  digest: z.string().describe("The digest of the index, or of the manifest if the image has no index."),
  platformDigests: z
    .array(z.string())
    .describe("The digests of its platform images; they are also blocked inside any other index."),
  level: z.enum(["hard", "soft"]).describe("hard = remove it, soft = warn."),
  reason,
  everyRepository: z.literal(true).describe("Match by digest, in every repository and with every tag."),
  copies: z
    .array(z.object({ repository: z.string(), tag: z.string(), digest: z.string() }))
    .describe("Other versions of this catalog that contain the image or one of its platforms."),
}) satisfies z.ZodType<BlockedImage>;

export const wholeCatalogSchema = z.object({
  snapshot: z.string().describe("Send it as `since` next time."),
  generatedAt: instant,
  sha256: z
    .string()
    .describe("The SHA-256 of the items of a full response, as a JSON array without white space."),
  full: z.boolean().describe("False: only the changes since then."),
  since: z.string().nullable(),
  total: z.int().describe("The total number of extensions."),
  items: z.array(extensionSummarySchema),
  removed: z
    .array(z.string())
    .describe("The repositories that are no longer listed; empty in a full response."),
}) satisfies z.ZodType<WholeCatalog>;

export const categorySchema = z.object({ id: z.string(), title: z.string(), count: z.int() });

export const desktopReleaseSchema = z.object({
  version: z.string(),
  releasedOn: z.string().nullable(),
  apiVersion: z.string().nullable(),
  composeVersion: z.string().nullable().describe("The Docker Compose that the release contains."),
  confidence: z.enum(["verified", "inferred", "unverified"]),
  source: z.string(),
}) satisfies z.ZodType<DesktopRelease>;
