import {
  type Confidence,
  type HostApi,
  judgeApi,
  nearestDesktops,
  type PreparedReleases,
  spokenRelease,
} from "@/lib/extension/desktop/desktop-release";
import { parseHostVersion } from "@/lib/extension/desktop/release-table";
import type { PreparedVersion } from "@/lib/extension/offer/offerable-version";
import { compareSemver } from "@/lib/extension/reference/semver";
import type { ReadableRequirement, Reading, Requirement } from "@/lib/extension/requirement/requirement";

/** Why a host is, or is not, offered the newest version. `message` is a sentence for users. */
export type OfferReason =
  | { code: PlainReasonCode; message: string }
  /** `minimumDesktop`: the nearest newer release that is known to run the version. */
  | { code: "needs_newer_desktop"; message: string; minimumDesktop: string }
  /** `maximumDesktop`: the nearest older release that is known to run the version. */
  | { code: "needs_older_desktop"; message: string; maximumDesktop: string };

type PlainReasonCode =
  /** The offer is the newest version of the channel. */
  | "newest"
  | "nothing_offerable"
  /** All versions are prereleases, and the channel is `stable`. */
  | "prerelease_only"
  /** The image lacks the host's platform. */
  | "no_platform"
  /** No known Desktop release runs it. */
  | "never_compatible"
  /** Too little is known about this Desktop release to decide. */
  | "unknown_desktop"
  | "requirement_unreadable";

/** The requesting host, in the terms that decide. `platform` is written as by `platformName`. */
export type Requester = { platform: string; api: HostApi; releases: PreparedReleases; reading: Reading };

/** `why` is lazy: most versions that do not fit are never explained. */
type Fit = { fits: true; confidence: Confidence } | { fits: false; why: () => OfferReason };

/** Whether the version runs on the requesting host, or the first reason why it does not. */
export function fitOf(version: PreparedVersion, requester: Requester): Fit {
  const { requirement, platforms } = version;
  if (requirement.kind === "unreadable") {
    return against("requirement_unreadable", "Does not state a valid Extension API requirement.");
  }
  if (!platforms.has(requester.platform))
    return against("no_platform", `Is not available for ${requester.platform}.`);
  const judgement = judgeApi(requirement, requester.api, requester.reading);
  switch (judgement.verdict) {
    case "compatible":
      return { fits: true, confidence: judgement.confidence };
    case "incompatible":
      return { fits: false, why: () => wrongDesktop(requirement, requester) };
    case "unknown":
      return { fits: false, why: () => ({ code: "unknown_desktop", message: judgement.message }) };
  }
}

/**
 * Among versions that do not fit, the newest one that runs on the nearest newer Desktop release. Undefined when no newer
 * release runs any of them.
 */
export function soonestToFit(
  newestFirst: readonly PreparedVersion[],
  requester: Requester,
): { version: PreparedVersion; reason: OfferReason } | undefined {
  const explained = new Set<Requirement>();
  let soonest: { version: PreparedVersion; reason: OfferReason & { minimumDesktop: string } } | undefined;
  for (const version of newestFirst) {
    if (!version.platforms.has(requester.platform) || explained.has(version.requirement)) continue;
    explained.add(version.requirement);
    const fit = fitOf(version, requester);
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

/** The same reason, with the version as the subject of its sentence. */
export function reasonAbout({ version }: PreparedVersion, reason: OfferReason): OfferReason {
  const { message } = reason;
  return {
    ...reason,
    message: `Version ${version.text} ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
  };
}

function wrongDesktop(requirement: ReadableRequirement, requester: Requester): OfferReason {
  const { newer, older } = nearestDesktops(requirement, requester.api, requester.releases, requester.reading);
  if (newer !== undefined) {
    const message = `Requires ${spokenRelease(newer)} or later.`;
    return { code: "needs_newer_desktop", message, minimumDesktop: newer };
  }
  if (older === undefined) return never(requirement, requester);
  const message = `Requires ${spokenRelease(older)} or earlier.`;
  return { code: "needs_older_desktop", message, maximumDesktop: older };
}

function never(requirement: ReadableRequirement, { reading }: Requester): OfferReason {
  const needed = requirement.readings[reading].text;
  return {
    code: "never_compatible",
    message: `Requires Extension API ${needed}, which no known Docker Desktop release supports.`,
  };
}

function against(code: PlainReasonCode, message: string): Fit {
  return { fits: false, why: () => ({ code, message }) };
}
