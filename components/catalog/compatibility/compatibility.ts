/** Compatibility with the visitor's Docker Desktop in one line. */

import type { ExtensionSummary, OfferDocument, VersionSummary } from "@/lib/catalog/documents/documents";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { VersionFit } from "@/lib/catalog/views/version-fit";
import { spokenRelease } from "@/lib/extension/desktop/desktop-release";

export type Compatibility = {
  kind: "works" | "older" | "needs" | "never" | "unknown";
  label: string;
  /** The explanation, as a sentence. */
  why?: string;
};

const NEVER = "Doesn’t run on any known Docker Desktop version";

/** `4.44 (arm64)`. */
export function hostLabel({ desktop, architecture }: HostChoice): string {
  return `${spokenRelease(desktop).replace("Docker Desktop ", "")} (${architecture})`;
}

export function compatibilityOfOffer(
  { offer, newest, reason }: Pick<OfferDocument, "offer" | "reason"> & { newest: { tag: string } | null },
  host: HostChoice,
): Compatibility {
  if (offer === null) return against(reason);
  if (newest === null || newest.tag === offer.tag) return works(offer.confidence, host);
  return {
    kind: "older",
    label: `${works(offer.confidence, host).label}: installs ${offer.version}`,
    why: reason.message,
  };
}

export function compatibilityOfFit(fit: VersionFit, host: HostChoice): Compatibility {
  return fit.fits ? works(fit.confidence, host) : against(fit);
}

/** What a version requires, when no Docker Desktop is chosen. */
export function compatibilityOfVersion({
  requirement,
  platforms,
}: Pick<VersionSummary, "requirement" | "platforms">): Compatibility {
  const { minimumDesktop, range, message } = requirement;
  if (range === null)
    return { kind: "unknown", label: "Compatibility unknown", ...(message ? { why: message } : {}) };
  if (minimumDesktop === null) {
    return {
      kind: "never",
      label: NEVER,
      why: `It requires Extension API ${range}, which no known Docker Desktop version supports.`,
    };
  }
  const only = platforms.length === 1 ? `, ${platforms[0]?.architecture} only` : "";
  return { kind: "needs", label: `Requires ${spokenRelease(minimumDesktop)}+${only}` };
}

/**
 * The same for the version that an extension's page shows without a Docker Desktop, with a word about a newer one that
 * lacks a platform.
 */
export function compatibilityOfLatest(
  shown: VersionSummary,
  versions: readonly VersionSummary[],
): Compatibility {
  const fits = compatibilityOfVersion(shown);
  const newest = versions.find(({ channel }) => channel === shown.channel);
  const architectures = newest?.platforms.map(({ architecture }) => architecture) ?? [];
  if (newest === undefined || newest.tag === shown.tag || architectures.length !== 1) return fits;
  const why = `Version ${newest.version} is newer, but only for ${architectures[0]}. Choose your Docker Desktop to see the version for your machine.`;
  return { ...fits, why: fits.why === undefined ? why : `${fits.why} ${why}` };
}

/** The line on a card. */
export function compatibilityOfSummary(
  { latest, latestPrerelease }: ExtensionSummary,
  offer: Pick<OfferDocument, "offer" | "reason"> | undefined,
  host: HostChoice | undefined,
): Compatibility | undefined {
  if (offer !== undefined && host !== undefined) {
    // Beside an offer, every reason but `newest` is about a newer version that does not fit.
    const newest = offer.reason.code === "newest" ? (offer.offer ?? null) : { tag: "" };
    return compatibilityOfOffer({ ...offer, newest }, host);
  }
  const version = latest ?? latestPrerelease;
  return version === null ? undefined : compatibilityOfVersion(version);
}

function works(confidence: string, host: HostChoice): Compatibility {
  if (confidence !== "assumed") return { kind: "works", label: `Works with ${hostLabel(host)}` };
  return {
    kind: "works",
    label: `Likely works with ${hostLabel(host)}`,
    why: "The Extension API of this Docker Desktop release is not documented, but the releases before and after it can run this version.",
  };
}

function against({ code, message }: { code: string; message: string }): Compatibility {
  const label = message.replace(/\.$/, "");
  switch (code) {
    case "needs_newer_desktop":
    case "needs_older_desktop":
    case "prerelease_only":
      return { kind: "needs", label };
    case "never_compatible":
      return { kind: "never", label: NEVER, why: message };
    case "unknown_desktop":
    case "requirement_unreadable":
      return { kind: "unknown", label: "Compatibility unknown", why: message };
    default:
      return { kind: "never", label };
  }
}
