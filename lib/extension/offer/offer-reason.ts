import {
  type Confidence,
  type HostApi,
  judgeApi,
  nearestDesktops,
  neverMatches,
  type PreparedReleases,
  spokenRelease,
} from "@/lib/extension/desktop/desktop-release";
import { parseHostVersion } from "@/lib/extension/desktop/release-table";
import type { PreparedVersion } from "@/lib/extension/offer/offerable-version";
import { compareSemver } from "@/lib/extension/reference/semver";
import type { ReadableRequirement, Reading, Requirement } from "@/lib/extension/requirement/requirement";

/** Why the newest version is, or is not, what a host is offered. `message` is a sentence for users. */
export type OfferReason =
  | { code: PlainReasonCode; message: string }
  /** `minimumDesktop`: the nearest newer release that is known to run it. */
  | { code: "needs_newer_desktop"; message: string; minimumDesktop: string }
  /** `maximumDesktop`: the nearest older release that is known to run it. */
  | { code: "needs_older_desktop"; message: string; maximumDesktop: string };

type PlainReasonCode =
  /** The offer is the newest version of the channel. */
  | "newest"
  | "nothing_offerable"
  /** There are versions, but all are prereleases and the channel is `stable`. */
  | "prerelease_only"
  /** The image lacks the host's platform. */
  | "no_platform"
  /** No Desktop release on record runs it. */
  | "never_compatible"
  /** What is on record about this Desktop release does not settle it. */
  | "unknown_desktop"
  | "requirement_unreadable";

/** Whoever asks, in the terms that decide. `platform` is spelled as by `platformName`. */
export type Asker = { platform: string; api: HostApi; releases: PreparedReleases; reading: Reading };

/** `why` is worked out only when asked for: most versions that do not fit are never explained. */
type Fit = { fits: true; confidence: Confidence } | { fits: false; why: () => OfferReason };

/** Whether the version is for this asker, or what stands against it first. */
export function fitOf(version: PreparedVersion, asker: Asker): Fit {
  const { requirement, platforms } = version;
  if (requirement.kind === "unreadable") {
    return against("requirement_unreadable", "Does not say readably which Extension API it needs.");
  }
  if (!platforms.has(asker.platform)) return against("no_platform", `Is not built for ${asker.platform}.`);
  const judgement = judgeApi(requirement, asker.api, asker.reading);
  switch (judgement.verdict) {
    case "compatible":
      return { fits: true, confidence: judgement.confidence };
    case "incompatible":
      return { fits: false, why: () => wrongDesktop(requirement, asker) };
    case "unknown":
      return { fits: false, why: () => unsettled(requirement, asker, judgement.message) };
  }
}

/**
 * Of versions that do not fit, the one that the nearest newer Desktop release runs: the newest such. Undefined when no
 * newer release runs any of them.
 */
export function soonestToFit(
  newestFirst: readonly PreparedVersion[],
  asker: Asker,
): { version: PreparedVersion; reason: OfferReason } | undefined {
  const explained = new Set<Requirement>();
  let soonest: { version: PreparedVersion; reason: OfferReason & { minimumDesktop: string } } | undefined;
  for (const version of newestFirst) {
    if (!version.platforms.has(asker.platform) || explained.has(version.requirement)) continue;
    explained.add(version.requirement);
    const fit = fitOf(version, asker);
    const reason = fit.fits ? undefined : fit.why();
    if (reason?.code !== "needs_newer_desktop") continue;
    if (soonest === undefined || isOlder(reason.minimumDesktop, soonest.reason.minimumDesktop))
      soonest = { version, reason };
  }
  return soonest;
}

function isOlder(desktop: string, than: string): boolean {
  const [one, other] = [parseHostVersion(desktop), parseHostVersion(than)];
  return one !== undefined && other !== undefined && compareSemver(one, other) < 0;
}

/** The same reason, said of one version among several. */
export function reasonAbout({ version }: PreparedVersion, reason: OfferReason): OfferReason {
  const { message } = reason;
  return {
    ...reason,
    message: `Version ${version.text} ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
  };
}

function wrongDesktop(requirement: ReadableRequirement, asker: Asker): OfferReason {
  const { newer, older } = nearestDesktops(requirement, asker.api, asker.releases, asker.reading);
  if (newer !== undefined) {
    const message = `Needs ${spokenRelease(newer)} or newer.`;
    return { code: "needs_newer_desktop", message, minimumDesktop: newer };
  }
  if (older === undefined) return never(requirement, asker);
  const message = `Works only up to ${spokenRelease(older)}.`;
  return { code: "needs_older_desktop", message, maximumDesktop: older };
}

function unsettled(requirement: ReadableRequirement, asker: Asker, message: string): OfferReason {
  const isHopeless = neverMatches(requirement, asker.releases, asker.reading);
  return isHopeless ? never(requirement, asker) : { code: "unknown_desktop", message };
}

function never(requirement: ReadableRequirement, { reading }: Asker): OfferReason {
  const needed = requirement.readings[reading].text;
  return {
    code: "never_compatible",
    message: `Needs Extension API ${needed}, which no known Docker Desktop has.`,
  };
}

function against(code: PlainReasonCode, message: string): Fit {
  return { fits: false, why: () => ({ code, message }) };
}
