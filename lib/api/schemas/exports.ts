/** The formats of other people's clients, spelled as those clients spell them. */

import { z } from "zod";
import { instant } from "@/lib/api/schemas/common";
import type { AdminSettings } from "@/lib/catalog/exports/docker-desktop";
import type { HubMarketplace, HubMetadata, HubVersion } from "@/lib/catalog/exports/docker-hub";
import type { PodmanCatalog } from "@/lib/catalog/exports/podman-desktop";
import type { AllowedExtensions } from "@/lib/catalog/exports/rancher-desktop";

export const hubMarketplaceSchema = z.object({
  extensions: z.array(z.string()).describe("namespace/repository on Docker Hub."),
}) satisfies z.ZodType<HubMarketplace>;

const hubVersion = z.object({
  Tag: z.string(),
  ManifestListDigest: z.string(),
  Platforms: z.array(
    z.object({
      OS: z.string(),
      Arch: z.string(),
      Size: z.int().describe("Compressed, in bytes."),
      Created: z.string().nullable(),
    }),
  ),
  Labels: z.record(z.string(), z.string()).describe("Untrusted text; images are served from this origin."),
}) satisfies z.ZodType<HubVersion>;

export const hubMetadataSchema = z.object({
  CreatedTime: instant,
  UpdatedAt: instant.nullable(),
  Categories: z.array(z.string()),
  LatestVersion: hubVersion,
  PreviousVersions: z.array(hubVersion).describe("At most four, newest first."),
}) satisfies z.ZodType<HubMetadata>;

const switched = z.object({ value: z.boolean(), locked: z.boolean() });

export const adminSettingsSchema = z.object({
  configurationFileVersion: z.literal(2),
  extensionsEnabled: switched,
  onlyMarketplaceExtensions: switched,
  extensionsPrivateMarketplace: switched,
  extensionsPrivateMarketplaceAdminContactURL: z.object({ value: z.string(), locked: z.boolean() }),
}) satisfies z.ZodType<AdminSettings>;

export const allowedExtensionsSchema = z.object({
  version: z.int().optional().describe("Only when the query gives one."),
  application: z.object({
    extensions: z.object({
      allowed: z.object({ enabled: z.literal(true), list: z.array(z.string()).describe("repository:tag.") }),
    }),
  }),
}) satisfies z.ZodType<AllowedExtensions>;

export const allowedExtensionsQuery = z.strictObject({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe(
      "The settings version of the deployed Rancher Desktop; makes the response a deployment profile.",
    ),
});

export const podmanCatalogSchema = z.object({
  extensions: z.array(
    z.object({
      publisher: z.object({ publisherName: z.string(), displayName: z.string() }),
      extensionName: z.string(),
      displayName: z.string(),
      shortDescription: z.string(),
      license: z.string(),
      categories: z.array(z.string()),
      keywords: z.array(z.string()),
      versions: z.array(
        z.object({
          version: z.string(),
          preview: z.boolean(),
          lastUpdated: instant,
          ociUri: z.string(),
          files: z.array(z.object({ assetType: z.literal("icon"), data: z.string() })),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<PodmanCatalog>;
