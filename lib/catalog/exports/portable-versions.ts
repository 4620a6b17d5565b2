/**
 * Versions for formats that name a tag and no digest. Such a format can say a version only as long as its tag leads to
 * the digest that was accepted: where it no longer does, the next older version takes its place.
 */

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
  /** Tags that no longer lead to the digest accepted, newest first. */
  lost: string[];
};

export type PortableChoice = {
  /** Undefined where the format can name none. */
  tag: string | undefined;
  /** False: it is not what the host is offered, because that is nothing. */
  offered: boolean;
  /** Newer versions whose tag is lost, newest first. */
  lost: string[];
};

/** What may be installed of stable versions, prereleases included for the channel `prerelease` and for a pin. */
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
    lost: lost.map(({ tag }) => tag),
  };
}

/** The version to install: what the host is offered, else (or without a host) the one that the allow-list names. */
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
      .map((one) => one.tag),
  };
}

/** A pin names its version itself, so it counts even when it is a prerelease. */
function channelFor(view: ExtensionView, asked: Channel | undefined): Channel {
  return view.record.entry.track === "pin" ? "prerelease" : (asked ?? "stable");
}

function partition(view: ExtensionView, asked: Channel) {
  const channel = channelFor(view, asked);
  const { prepared, lostTags } = view.portable();
  const kept: PreparedVersion[] = [];
  const lost: PreparedVersion[] = [];
  for (const one of prepared.newestFirst) {
    if (channel === "stable" && channelOf(one.version) === "prerelease") continue;
    (lostTags.includes(one.tag) ? lost : kept).push(one);
  }
  return { kept, lost };
}

function instantOf(ms: number | undefined): string | null {
  return ms ? new Date(ms).toISOString() : null;
}
