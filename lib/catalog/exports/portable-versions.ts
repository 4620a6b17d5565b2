/**
 * Versions for formats that name a tag without a digest. Such a format can carry a version only while its tag points to
 * the accepted digest; otherwise the next older version takes its place.
 */

import type { LostTag } from "@/lib/catalog/views/compact-extension";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { forEveryMachine, missingPlatforms, offerFor } from "@/lib/extension/offer/offer";
import type { PreparedVersion } from "@/lib/extension/offer/offerable-version";
import { type Channel, channelOf, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { allowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import type { TrackKind } from "@/lib/platform/prisma/client";

export type PortableVersion = { tag: string; version: SemVersion; listedAt: string | null };

export type PortableVersions = {
  /** Newest first. */
  versions: PortableVersion[];
  /**
   * Number of versions left out: their tag no longer points to the accepted digest, or they lack a platform that others
   * have.
   */
  omitted: number;
};

export type PortableChoice = {
  /** Undefined when the format cannot name any version, or the host is not offered any. */
  tag: string | undefined;
  /** Without a host: the expected platforms that the version lacks. */
  missing: string[];
  /** Why there is no tag, as the rest of a sentence. */
  why: string;
  /** Newer versions whose tag moved or is missing, newest first. */
  lost: LostTag[];
};

/**
 * Installable stable versions that every machine can run, or else all of them, since the format does not name platforms.
 * Prereleases, judged separately, only for the channel `prerelease` and for pins.
 */
export function portableVersions(view: ExtensionView, channel: Channel = "stable"): PortableVersions {
  const { lost, kept } = partition(view, channel);
  const { prepared, listedMs } = view.portable();
  const places = new Map(prepared.newestFirst.map(({ tag }, place) => [tag, place]));
  const inChannel = (one: Channel) =>
    forEveryMachine(kept.filter(({ version }) => channelOf(version) === one));
  const named = new Set([...inChannel("stable"), ...inChannel("prerelease")]);
  return {
    versions: kept
      .filter((one) => named.has(one))
      .map(({ tag, version }) => ({ tag, version, listedAt: instantOf(listedMs[places.get(tag) ?? -1]) })),
    omitted: lost.length + kept.length - named.size,
  };
}

/** The version to install: the host's offer, or without a host the version on the allow-list. */
export function portableChoice(view: ExtensionView, host: Host | undefined): PortableChoice {
  const { lost, kept } = partition(view, host === undefined ? "stable" : (host.channel ?? "stable"));
  const { tag, why } = host === undefined ? latestOn(view, kept) : offeredOn(view, kept, host);
  const chosen = kept.find((one) => one.tag === tag);
  return {
    tag,
    missing: host === undefined && chosen !== undefined ? missingPlatforms(chosen) : [],
    why: kept.length > 0 ? why : whyEmpty(lost),
    lost: lost
      .filter((one) => !chosen || compareSemver(one.version, chosen.version) > 0)
      .map(({ tag: name, why }) => ({ tag: name, why })),
  };
}

type Choice = Pick<PortableChoice, "tag" | "why">;

function offeredOn({ record, by }: ExtensionView, kept: PreparedVersion[], host: Host): Choice {
  const channel = channelFor(record.entry.track, host.channel);
  const { offer, reason } = offerFor({ newestFirst: kept }, { ...host, channel }, by.releases, by.policy);
  return { tag: offer?.tag, why: reason.message.charAt(0).toLowerCase() + reason.message.slice(1) };
}

function latestOn(view: ExtensionView, kept: PreparedVersion[]): Choice {
  const { record, state, by } = view;
  const entry = { ...record.entry, state, repository: record.repository };
  const item =
    view.portable().lostTags.length === 0
      ? view.allowListItem()
      : allowListItem(entry, { newestFirst: kept }, by.releases, by.policy);
  return { tag: item?.tag ?? undefined, why: "its entry on the allow-list is not in force." };
}

function whyEmpty(lost: readonly PreparedVersion[]): string {
  return lost.length > 0 ? "no other version is left." : "it has no stable version.";
}

/** A pin names its version explicitly, so it counts even if it is a prerelease. */
function channelFor(track: TrackKind, asked: Channel = "stable"): Channel {
  return track === "pin" ? "prerelease" : asked;
}

function partition(view: ExtensionView, asked: Channel) {
  const channel = channelFor(view.record.entry.track, asked);
  const { prepared, lostTags } = view.portable();
  const kept: PreparedVersion[] = [];
  const lost: (PreparedVersion & LostTag)[] = [];
  const losses = new Map(lostTags.map(({ tag, why }) => [tag, why]));
  for (const one of prepared.newestFirst) {
    if (channel === "stable" && channelOf(one.version) === "prerelease") continue;
    const why = losses.get(one.tag);
    if (why === undefined) kept.push(one);
    else lost.push({ ...one, why });
  }
  return { kept, lost };
}

function instantOf(ms: number | undefined): string | null {
  return ms ? new Date(ms).toISOString() : null;
}
