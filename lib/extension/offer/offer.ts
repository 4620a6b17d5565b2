/**
 * Who gets what: the one function behind badges, the matrix, update checks and every export. It is given the
 * versions that may be offered at all, and picks.
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
  type Asker,
  fitOf,
  type OfferReason,
  reasonAbout,
  soonestToFit,
} from "@/lib/extension/offer/offer-reason";
import {
  type OfferableVersions,
  type PreparedVersion,
  prepareVersions,
} from "@/lib/extension/offer/offerable-version";
import type { Policy } from "@/lib/extension/policy/policy";
import { platformName } from "@/lib/extension/reference/platform";
import { type Channel, channelOf } from "@/lib/extension/reference/semver";
import { satisfies } from "@/lib/extension/requirement/requirement";

export type VersionRef = { tag: string; version: string; digest: string };

export type OfferWarning = { code: "no_host_binaries"; message: string };

export type Offer = VersionRef & { confidence: Confidence; warnings: OfferWarning[] };

export type OfferAnswer = {
  offer: Offer | null;
  /** The newest version of the host's channel, whether or not it fits the host. */
  newest: VersionRef | null;
  /** Why `newest` is, or is not, what is offered; where nothing is, the nearest newer Desktop that changes that. */
  reason: OfferReason;
};

type OfferPolicy = Pick<Policy, "bareApiVersion">;

/**
 * The newest version for this host: of its channel (`prerelease` includes stable), built for linux on its
 * architecture, and compatible with its Extension API, if need be by assumption. Unknown compatibility is never
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
  const asker = askerOf(host, prepareReleases(releases), policy);
  for (const version of candidates) {
    const fit = fitOf(version, asker);
    if (!fit.fits) continue;
    const offer = { ...refOf(version), confidence: fit.confidence, warnings: warningsFor(version, host.os) };
    return { offer, newest: refOf(newest), reason: whyNotNewest(newest, version, asker) };
  }
  return { offer: null, newest: refOf(newest), reason: whyNone(newest, candidates, asker) };
}

/**
 * What a catalog shows without knowing the host: of each channel the newest version that some known Desktop release
 * can run, so that a wrong high version hides nothing, else the newest; null where there is none.
 */
export function latestOf(
  versions: OfferableVersions,
  releases: Releases,
  policy: OfferPolicy,
): { latest: VersionRef | null; latestPrerelease: VersionRef | null } {
  const { newestFirst } = prepareVersions(versions);
  const { apis } = prepareReleases(releases);
  const latestAmong = (channel: Channel) => {
    const among = newestFirst.filter(({ version }) => channelOf(version) === channel);
    const running = among.find(({ requirement }) =>
      apis.some(({ api }) => satisfies(requirement, api, policy.bareApiVersion)),
    );
    const latest = running ?? among[0];
    return latest === undefined ? null : refOf(latest);
  };
  return { latest: latestAmong("stable"), latestPrerelease: latestAmong("prerelease") };
}

function askerOf(host: Host, releases: PreparedReleases, policy: OfferPolicy): Asker {
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
      message: `Its files for the host are missing for ${os}; parts may not work.`,
    },
  ];
}

function whyNotNewest(newest: PreparedVersion, offered: PreparedVersion, asker: Asker): OfferReason {
  return newest === offered ? whyNot(newest, asker) : reasonAbout(newest, whyNot(newest, asker));
}

function whyNone(newest: PreparedVersion, candidates: readonly PreparedVersion[], asker: Asker): OfferReason {
  const soonest = soonestToFit(candidates, asker);
  if (soonest === undefined || soonest.version === newest) return whyNot(newest, asker);
  return reasonAbout(soonest.version, soonest.reason);
}

function whyNot(newest: PreparedVersion, asker: Asker): OfferReason {
  const fit = fitOf(newest, asker);
  return fit.fits ? { code: "newest", message: "This is the newest version." } : fit.why();
}

function whyNothing([newestPrerelease]: readonly PreparedVersion[]): OfferReason {
  if (newestPrerelease === undefined)
    return { code: "nothing_offerable", message: "No version is offered at present." };
  const { text } = newestPrerelease.version;
  return {
    code: "prerelease_only",
    message: `There is no stable version yet; the newest prerelease is ${text}.`,
  };
}
