/**
 * Versions for formats that name a tag and no digest. Such a format can say a version only as long as its tag leads to
 * the digest that was accepted: where it no longer does, the next older version takes its place.
 */

import type { ExtensionView } from "@/lib/catalog/extension-view";
import { openRecord } from "@/lib/catalog/packed-record";
import type { Host } from "@/lib/extension/desktop-release";
import { offerFor } from "@/lib/extension/offer";
import { type Channel, channelOf, compareSemver, type SemVersion } from "@/lib/extension/semver";
import { allowListItem } from "@/lib/marketplace/allow-list-item";
import { type OfferableSemver, offerableVersions } from "@/lib/marketplace/offerable";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";

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
export function portableVersions(
  view: ExtensionView,
  now: Date,
  channel: Channel = "stable",
): PortableVersions {
  const record = openRecord(view.record);
  const { lost, kept } = partition(view, record, now, channel);
  const listedAt = new Map(record.versions.map(({ tag, listedAt }) => [tag, listedAt]));
  return {
    versions: kept.map(({ tag, version }) => ({ tag, version, listedAt: listedAt.get(tag) ?? null })),
    lost: lost.map(({ tag }) => tag),
  };
}

/** The version to install: what the host is offered, else (or without a host) the one that the allow-list names. */
export function portableChoice(view: ExtensionView, now: Date, host: Host | undefined): PortableChoice {
  const asked = host && { ...host, channel: channelFor(view, host.channel) };
  const record = openRecord(view.record);
  const losesNothing = record.versions.every(keepsTag);
  if (losesNothing) {
    const offer = asked && view.offer(asked).offer;
    const tag = offer?.tag ?? view.allowListItem()?.tag ?? undefined;
    return { tag, offered: asked === undefined || offer !== null, lost: [] };
  }
  const { lost, kept } = partition(view, record, now, "stable");
  const { releases, policy } = view.by;
  const offer = asked && offerFor(kept, asked, releases, policy).offer;
  const entry = { ...view.record.entry, state: view.state, repository: view.record.repository };
  const tag = offer?.tag ?? allowListItem(entry, kept, releases, policy)?.tag ?? undefined;
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

function partition(view: ExtensionView, record: ExtensionRecord, now: Date, asked: Channel) {
  const channel = channelFor(view, asked);
  const holding = new Set(record.versions.filter(keepsTag).map(({ tag }) => tag));
  const admitted = offerableVersions(record.entry, record.versions, now)
    .filter(({ version }) => channel === "prerelease" || channelOf(version) === "stable")
    .sort((a, b) => compareSemver(b.version, a.version));
  const kept: OfferableSemver[] = [];
  const lost: OfferableSemver[] = [];
  for (const one of admitted) (holding.has(one.tag) ? kept : lost).push(one);
  return { kept, lost };
}

function keepsTag({ moved, missingSince }: ExtensionRecord["versions"][number]): boolean {
  return moved === null && missingSince === null;
}
