/**
 * Version selection: decides which version of an extension a host is offered. Badges, the compatibility table, update
 * checks and all exports use this one function.
 */

import {
  type Confidence,
  type Host,
  hostApiOf,
  type PreparedReleases,
  prepareReleases,
  type Releases,
} from "@/lib/extension/desktop/desktop-release";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import {
  fitOf,
  type OfferReason,
  type Requester,
  reasonAbout,
  soonestToFit,
} from "@/lib/extension/offer/offer-reason";
import {
  type OfferableVersions,
  type PreparedVersion,
  prepareVersions,
} from "@/lib/extension/offer/offerable-version";
import type { Policy } from "@/lib/extension/policy/policy";
import { EXPECTED_PLATFORMS, platformName } from "@/lib/extension/reference/platform";
import { type Channel, channelOf } from "@/lib/extension/reference/semver";
import { type Requirement, satisfies } from "@/lib/extension/requirement/requirement";

export type VersionRef = { tag: string; version: string; digest: string };

export type OfferWarning = { code: "no_host_binaries"; message: string };

export type Offer = VersionRef & { confidence: Confidence; warnings: OfferWarning[] };

export type OfferAnswer = {
  offer: Offer | null;
  /** The newest version of the host's channel, whether or not it runs on the host. */
  newest: VersionRef | null;
  /** Why `newest` is or is not the offer. Without an offer: which Docker Desktop upgrade would bring one. */
  reason: OfferReason;
};

type OfferPolicy = Pick<Policy, "bareApiVersion">;

/**
 * Selects the newest version for a host: in its channel (`prerelease` includes stable), built for linux on its
 * architecture, and compatible with its Extension API (known or assumed). Versions of unknown compatibility are never
 * offered. Throws `tag_invalid` when a version is not semver.
 */
export function offerFor(
  versions: OfferableVersions,
  host: Host,
  releases: Releases,
  policy: OfferPolicy,
): OfferAnswer {
  const { newestFirst } = prepareVersions(versions);
  const candidates = newestFirst.filter((version) => isAdmitted(version, host.channel ?? "stable"));
  const [newest] = candidates;
  if (newest === undefined) return { offer: null, newest: null, reason: whyNothing(newestFirst) };
  const requester = requesterOf(host, prepareReleases(releases), policy);
  for (const version of candidates) {
    const fit = fitOf(version, requester);
    if (!fit.fits) continue;
    const offer = { ...refOf(version), confidence: fit.confidence, warnings: warningsFor(version, host.os) };
    return { offer, newest: refOf(newest), reason: whyNotNewest(newest, version, requester) };
  }
  return { offer: null, newest: refOf(newest), reason: whyNone(newest, candidates, requester) };
}

/**
 * The latest version of each channel for a catalog that does not know the host. Among the versions that some known
 * Desktop release can run (or all, if there are none), so that a mistaken high version hides nothing: the newest one for
 * all expected platforms, so that it installs on every machine, or else the newest one. Null when the channel is empty.
 */
export function latestOf(
  versions: OfferableVersions,
  releases: Releases,
  policy: OfferPolicy,
): { latest: VersionRef | null; latestPrerelease: VersionRef | null } {
  const { newestFirst } = prepareVersions(versions);
  const runs = runsSomewhere(prepareReleases(releases), policy);
  const latestAmong = (channel: Channel) => {
    const among = newestFirst.filter(({ version }) => channelOf(version) === channel);
    const running = among.filter(runs);
    const [latest] = forEveryMachine(running.length === 0 ? among : running);
    return latest === undefined ? null : refOf(latest);
  };
  return { latest: latestAmong("stable"), latestPrerelease: latestAmong("prerelease") };
}

/** Whether some known release satisfies a version's requirement. Most versions share theirs with others. */
function runsSomewhere({ apis }: PreparedReleases, { bareApiVersion }: OfferPolicy) {
  const known = new Map<Requirement, boolean>();
  return ({ requirement }: PreparedVersion): boolean => {
    const runs =
      known.get(requirement) ?? apis.some(({ api }) => satisfies(requirement, api, bareApiVersion));
    known.set(requirement, runs);
    return runs;
  };
}

/** The versions that have all expected platforms, in order; all of them when none has. */
export function forEveryMachine<Version extends Pick<PreparedVersion, "platforms">>(
  versions: readonly Version[],
): readonly Version[] {
  const complete = versions.filter((version) => missingPlatforms(version).length === 0);
  return complete.length === 0 ? versions : complete;
}

/** The expected platforms that the version does not have, by name. */
export function missingPlatforms({ platforms }: Pick<PreparedVersion, "platforms">): string[] {
  return EXPECTED_PLATFORMS.map(platformName).filter((name) => !platforms.has(name));
}

function requesterOf(host: Host, releases: PreparedReleases, policy: OfferPolicy): Requester {
  return {
    platform: platformName({ os: "linux", architecture: host.architecture }),
    api: hostApiOf(host, releases),
    releases,
    reading: policy.bareApiVersion,
  };
}

function isAdmitted({ version }: PreparedVersion, channel: Channel): boolean {
  return channel === "prerelease" || channelOf(version) === "stable";
}

function refOf({ tag, version, digest }: PreparedVersion): VersionRef {
  return { tag, version: version.text, digest };
}

function warningsFor({ hostBinaries }: PreparedVersion, os: HostOs | undefined): OfferWarning[] {
  if (os === undefined || hostBinaries === null || hostBinaries[os].length > 0) return [];
  return [
    {
      code: "no_host_binaries",
      message: `The extension has no host files for ${os}, so some features may not work.`,
    },
  ];
}

function whyNotNewest(newest: PreparedVersion, offered: PreparedVersion, requester: Requester): OfferReason {
  return newest === offered ? whyNot(newest, requester) : reasonAbout(newest, whyNot(newest, requester));
}

function whyNone(
  newest: PreparedVersion,
  candidates: readonly PreparedVersion[],
  requester: Requester,
): OfferReason {
  const soonest = soonestToFit(candidates, requester);
  if (soonest === undefined || soonest.version === newest) return whyNot(newest, requester);
  return reasonAbout(soonest.version, soonest.reason);
}

function whyNot(newest: PreparedVersion, requester: Requester): OfferReason {
  const fit = fitOf(newest, requester);
  return fit.fits ? { code: "newest", message: "This is the latest version." } : fit.why();
}

function whyNothing([newestPrerelease]: readonly PreparedVersion[]): OfferReason {
  if (newestPrerelease === undefined)
    return { code: "nothing_offerable", message: "No version is currently available." };
  const { text } = newestPrerelease.version;
  return {
    code: "prerelease_only",
    message: `There is no stable version yet. The latest prerelease is ${text}.`,
  };
}
