/**
 * Versions for formats that name a tag without a digest. Such a format can carry a version only while its tag points to
 * the accepted digest; otherwise the next older version takes its place.
 */

import type { LostTag } from "@/lib/catalog/views/compact-extension";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { offerFor } from "@/lib/extension/offer/offer";
import type { PreparedVersion } from "@/lib/extension/offer/offerable-version";
import { type Channel, channelOf, compareSemver, type SemVersion } from "@/lib/extension/reference/semver";
import { allowListItem } from "@/lib/marketplace/publishing/allow-list-item";

export type PortableVersion = { tag: string; version: SemVersion; listedAt: string | null };

export type PortableVersions = {
  /** Newest first. */
  versions: PortableVersion[];
  /** Tags that no longer point to the accepted digest, newest first. */
  lost: LostTag[];
};

export type PortableChoice = {
  /** Undefined when the format cannot name any. */
  tag: string | undefined;
  /** False: the host is not offered any version, so this is a fallback. */
  offered: boolean;
  /** Newer versions whose tag moved or is missing, newest first. */
  lost: LostTag[];
};

/** Installable stable versions; prereleases only for the channel `prerelease` and for pins. */
export function portableVersions(view: ExtensionView, channel: Channel = "stable"): PortableVersions {
  const { lost, kept } = partition(view, channel);
  const { prepared, listedMs } = view.portable();
  const places = new Map(prepared.newestFirst.map(({ tag }, place) => [tag, place]));
  return {
    versions: kept.map(({ tag, version }) => ({
      tag,
      version,
      listedAt: instantOf(listedMs[places.get(tag) ?? -1]),
    })),
    lost: lost.map(({ tag, why }) => ({ tag, why })),
  };
}

/** The version to install: the host's offer, or else (also without a host) the version on the allow-list. */
export function portableChoice(view: ExtensionView, host: Host | undefined): PortableChoice {
  const asked = host && { ...host, channel: channelFor(view, host.channel) };
  if (view.portable().lostTags.length === 0) {
    const offer = asked && view.offer(asked).offer;
    const tag = offer?.tag ?? view.allowListItem()?.tag ?? undefined;
    return { tag, offered: asked === undefined || offer !== null, lost: [] };
  }
  const { lost, kept } = partition(view, "stable");
  const { releases, policy } = view.by;
  const offer = asked && offerFor({ newestFirst: kept }, asked, releases, policy).offer;
  const { entry, repository } = view.record;
  const item = allowListItem(
    { ...entry, state: view.state, repository },
    { newestFirst: kept },
    releases,
    policy,
  );
  const tag = offer?.tag ?? item?.tag ?? undefined;
  const chosen = kept.find((one) => one.tag === tag);
  return {
    tag,
    offered: asked === undefined || offer !== null,
    lost: lost
      .filter((one) => !chosen || compareSemver(one.version, chosen.version) > 0)
      .map(({ tag: name, why }) => ({ tag: name, why })),
  };
}

/** A pin names its version explicitly, so it counts even if it is a prerelease. */
function channelFor(view: ExtensionView, asked: Channel | undefined): Channel {
  return view.record.entry.track === "pin" ? "prerelease" : (asked ?? "stable");
}

function partition(view: ExtensionView, asked: Channel) {
  const channel = channelFor(view, asked);
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
