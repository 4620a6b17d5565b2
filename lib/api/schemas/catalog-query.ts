/** Query parameters of public reads. */

import { z } from "zod";
import { SORTS } from "@/lib/catalog/listing/list-order";
import { CAPABILITY_NAMES } from "@/lib/extension/capabilities/capabilities";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { parseHostVersion } from "@/lib/extension/desktop/release-table";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";
import { KNOWN_ARCHITECTURES, normalizePlatform, platformName } from "@/lib/extension/reference/platform";
import { AppError } from "@/lib/platform/errors";

const QUERY_CHARACTERS_MAX = 256;
const NAME_CHARACTERS_MAX = 255;
const CURSOR_CHARACTERS_MAX = 2_048;

/** Normalized: `4.44.0` for `v4.44`. */
const hostVersion = z
  .string()
  .max(64)
  .transform((text, context) => {
    const version = parseHostVersion(text);
    if (version !== undefined) return version.text;
    context.addIssue({ code: "custom", message: "is not a version such as 4.44.0" });
    return z.NEVER;
  });

const architecture = z
  .string()
  .max(32)
  .transform((text) => normalizePlatform({ os: "linux", architecture: text }).architecture)
  .refine((name) => KNOWN_ARCHITECTURES.has(name), "is not a known architecture such as amd64 or arm64");

const hostShape = {
  desktop: hostVersion.optional().describe("Docker Desktop version, such as 4.44.0."),
  api: hostVersion.optional().describe("Extension API version; used instead of desktop."),
  arch: architecture.optional().describe("amd64 or arm64."),
  os: z
    .enum(["darwin", "windows", "linux"])
    .optional()
    .describe("The operating system of the host, for host binaries."),
  channel: z.enum(["stable", "prerelease"]).optional().describe("prerelease includes stable."),
};

const platform = z
  .string()
  .regex(/^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)?$/, "is not a platform such as linux/arm64")
  .max(64)
  .transform((text) => {
    const [os = "", arch = "", variant] = text.split("/");
    return platformName(normalizePlatform({ os, architecture: arch, variant }));
  });

const category = z.enum(Object.keys(CATEGORIES).filter(isCategory));

export const hostQuery = z.strictObject(hostShape);

export const listQuery = z.strictObject({
  q: z.string().max(QUERY_CHARACTERS_MAX).optional().describe("Search words; all must match."),
  category: category.optional(),
  publisher: z
    .string()
    .max(NAME_CHARACTERS_MAX)
    .optional()
    .describe("The namespace, such as acme or ghcr.io/acme."),
  capability: z.enum(CAPABILITY_NAMES).optional().describe("A capability of the extension."),
  platform: platform.optional().describe("Such as linux/arm64."),
  ...hostShape,
  compatible: z
    .enum(["true", "false"])
    .optional()
    .transform((text) => text === "true")
    .describe("true excludes extensions without an offer for the host; requires a host."),
  sort: z.enum(SORTS).optional().describe("Default: relevance with q, otherwise name."),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional().describe("`next` of the previous page."),
});

type HostQuery = z.infer<typeof hostQuery>;

/** Throws `invalid_input` unless the query has an architecture and either a Desktop or an API version. */
export function hostOf({ desktop, api, arch, os, channel }: HostQuery): Host {
  if (arch === undefined || (desktop === undefined) === (api === undefined)) {
    throw new AppError("invalid_input", "The query does not identify a host.", {
      suggestion: "Send arch, and either desktop or api, for example ?desktop=4.44.0&arch=arm64.",
    });
  }
  return {
    architecture: arch,
    ...(desktop === undefined ? {} : { desktop }),
    ...(api === undefined ? {} : { api }),
    ...(os === undefined ? {} : { os }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** Undefined when the query does not describe a host. */
export function optionalHostOf(query: HostQuery): Host | undefined {
  const saysNothing = Object.values(query).every((value) => value === undefined);
  return saysNothing ? undefined : hostOf(query);
}
