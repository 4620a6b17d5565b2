import type { HostOs } from "@/lib/extension/metadata/host-os";
import { platformName } from "@/lib/extension/reference/platform";
import { compareSemver, parseSemver, type SemVersion } from "@/lib/extension/reference/semver";
import {
  combineRequirements,
  parseRequirement,
  type Requirement,
} from "@/lib/extension/requirement/requirement";
import { AppError } from "@/lib/platform/errors";

/** A version that can be offered: its entry is active, and it is listed, on the entry's track, and inspected. */
export type OfferableVersion = {
  tag: string;
  version: SemVersion | string;
  digest: string;
  platforms: readonly { os: string; architecture: string; variant?: string | null | undefined }[];
  /** The api.version label of each platform. A host must satisfy all of them. */
  requirements: readonly { platform: string; raw: string | null }[];
  hostBinaries: Readonly<Record<HostOs, readonly string[]>> | null;
};

/** An offerable version with its version, platforms and requirement parsed. */
export type PreparedVersion = {
  tag: string;
  version: SemVersion;
  digest: string;
  /** Written as by `platformName`. */
  platforms: ReadonlySet<string>;
  requirement: Requirement;
  hostBinaries: OfferableVersion["hostBinaries"];
};

/** Parsed versions, for reuse when many hosts request the same extension. */
export type PreparedVersions = { newestFirst: readonly PreparedVersion[] };
export type OfferableVersions = readonly OfferableVersion[] | PreparedVersions;

/**
 * Parses the versions and sorts them, newest first. If a version has two tags, `1.2.3` comes before `v1.2.3`. Throws
 * `tag_invalid` for a version that is not semver: such a tag is never listed, so this is a bug of the caller.
 */
export function prepareVersions(versions: OfferableVersions): PreparedVersions {
  if ("newestFirst" in versions) return versions;
  // Most versions have the same requirement as the one before.
  const known = new Map<string, Requirement>();
  const newestFirst = versions
    .map((version) => prepare(version, known))
    .sort((a, b) => compareSemver(b.version, a.version) || byTag(a, b));
  return { newestFirst };
}

function prepare(offerable: OfferableVersion, known: Map<string, Requirement>): PreparedVersion {
  const { tag, digest, hostBinaries } = offerable;
  return {
    tag,
    version: semverOf(offerable.version),
    digest,
    platforms: new Set(offerable.platforms.map(nameOf)),
    requirement: requirementOf(offerable, known),
    hostBinaries,
  };
}

function requirementOf({ requirements }: OfferableVersion, known: Map<string, Requirement>): Requirement {
  const labels = [...new Set(requirements.map(({ raw }) => raw))];
  const key = JSON.stringify(labels);
  const requirement = known.get(key) ?? combineRequirements(labels.map(parseRequirement));
  known.set(key, requirement);
  return requirement;
}

function nameOf({ os, architecture, variant }: OfferableVersion["platforms"][number]): string {
  return platformName(
    variant === null || variant === undefined ? { os, architecture } : { os, architecture, variant },
  );
}

function semverOf(version: SemVersion | string): SemVersion {
  if (typeof version !== "string") return version;
  const parsed = parseSemver(version);
  if (parsed !== undefined) return parsed;
  throw new AppError("tag_invalid", `“${version}” is not a semantic version, so it cannot be offered.`, {
    suggestion: "Offer only versions whose tag is a semantic version such as 1.2.0.",
  });
}

function byTag(a: PreparedVersion, b: PreparedVersion): number {
  return Number(a.tag.startsWith("v")) - Number(b.tag.startsWith("v")) || (a.tag < b.tag ? -1 : 1);
}
