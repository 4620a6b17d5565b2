/** Release feeds: one for the whole catalog, and one per extension. */

import { absoluteHtml } from "@/lib/catalog/documents/absolute-html";
import { compareText } from "@/lib/catalog/encoding/compare-text";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { Feed, FeedEntry } from "@/lib/catalog/feeds/atom";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";

const ENTRIES_MAX = 50;

/** Atom requires `updated` even in an empty feed. */
const NEVER = "1970-01-01T00:00:00Z";

/** The most recently listed installable versions. `origin` is this instance's URL. */
export async function instanceFeed(snapshot: Snapshot, origin: string): Promise<Feed> {
  // The newest versions all belong to the most recently updated extensions.
  const views = snapshot.listed().toSorted((a, b) => b.card().updatedMs - a.card().updatedMs);
  const entries = await newestOf(views.slice(0, ENTRIES_MAX), origin);
  return {
    id: `urn:gantry:feed:${urnPart(new URL(origin).host)}`,
    title: "Extensions for Docker Desktop",
    self: `${origin}/feed.atom`,
    page: `${origin}/`,
    updated: entries[0]?.updated ?? NEVER,
    entries,
  };
}

/** Empty while the extension's entry is not active. */
export async function extensionFeed(view: ExtensionView, origin: string): Promise<Feed> {
  const { repository } = view;
  const entries = await newestOf([view], origin);
  return {
    id: `urn:gantry:feed:${urnPart(new URL(origin).host)}:${urnPart(view.record.repository)}`,
    title: `${view.summary().title ?? repository}: versions`,
    self: `${origin}/api/v1/extensions/${repository}/-/feed.atom`,
    page: `${origin}/extensions/${repository}`,
    updated: entries[0]?.updated ?? view.record.entry.since.toISOString(),
    entries,
  };
}

type Release = { view: ExtensionView; tag: string; version: string; digest: string; listedMs: number };

/** Renders changelogs only for the entries that are included. */
async function newestOf(views: readonly ExtensionView[], origin: string): Promise<FeedEntry[]> {
  const releases = views.flatMap((view): Release[] => {
    const { prepared, listedMs } = view.portable();
    return prepared.newestFirst.map(({ tag, version, digest }, place) => ({
      view,
      tag,
      version: version.text,
      digest,
      listedMs: listedMs[place] ?? 0,
    }));
  });
  const newest = releases
    .filter(({ listedMs }) => listedMs > 0)
    .sort((a, b) => b.listedMs - a.listedMs || compareText(idOf(a), idOf(b)))
    .slice(0, ENTRIES_MAX);
  return mapWithYield(newest, (release) => entryOf(release, origin));
}

function entryOf(release: Release, origin: string): FeedEntry {
  const { view, tag, version, listedMs } = release;
  const { title, vendor, publisher, categories, description } = view.summary();
  return {
    id: idOf(release),
    title: `${title ?? view.repository} ${version}`,
    page: `${origin}/extensions/${view.repository}/-/versions/${tag}`,
    updated: new Date(listedMs).toISOString(),
    author: vendor ?? publisher.name,
    categories,
    summary: description ?? `${view.repository}:${tag}`,
    html: htmlOf(view.version(tag)?.value().changelog ?? null, origin),
  };
}

/** A tag that is accepted with different content is a new release. */
function idOf({ view, tag, digest }: Release): string {
  return `urn:gantry:version:${urnPart(`${view.record.repository}:${tag}@${digest}`)}`;
}

function htmlOf(changelog: string | null, origin: string): string | null {
  return changelog === null ? null : absoluteHtml(changelog, origin);
}

/** Repository names, tags and digests need no other unescaped characters (RFC 8141, section 2). */
function urnPart(text: string): string {
  return encodeURIComponent(text).replace(/%(?:2F|3A|40)/g, (found) => decodeURIComponent(found));
}
