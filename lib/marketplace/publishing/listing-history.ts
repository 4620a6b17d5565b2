/** The allow-list's history: one event for each extension whose item has changed. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { lockListingEvents } from "@/lib/marketplace/publishing/listing-lock";
import { offerableVersions } from "@/lib/marketplace/publishing/offerable";
import { listDesktopReleases } from "@/lib/marketplace/rows/desktop-release-row";
import { nameOf } from "@/lib/marketplace/rows/extension-row";
import { toJson } from "@/lib/marketplace/rows/json-columns";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import type { Tx } from "@/lib/platform/db/database";
import { Prisma } from "@/lib/platform/prisma/client";

/** The rules that apply to all extensions. */
export type CatalogRules = { policy: Policy; releases: readonly DesktopRelease[] };

/** What the allow-list says of one repository. */
export type Listing = { repository: string; item: AllowListItem | null };

export async function readRules(tx: Tx): Promise<CatalogRules> {
  return { policy: await readPolicy(tx), releases: await listDesktopReleases(tx) };
}

/** Appends events for those of the extensions whose item differs from their last event. */
export async function recordListings(
  tx: Tx,
  ctx: Context,
  ids: readonly string[],
  cause: string,
): Promise<void> {
  const rules = await readRules(tx);
  const extensions = await tx.extension.findMany({
    where: { id: { in: [...ids] } },
    include: LISTING_PARTS,
  });
  const now = ctx.clock.now();
  const listings = extensions.map((extension) => listingOf(extension, rules, now));
  await appendListings(tx, await changedListings(tx, listings), cause);
}

/** For a query that includes what the listing of an extension depends on. */
export const LISTING_PARTS = {
  entry: true,
  versions: { where: { current: true, visibility: "listed" }, include: { inspection: true } },
} satisfies Prisma.ExtensionInclude;

export type ExtensionWithListing = Prisma.ExtensionGetPayload<{ include: typeof LISTING_PARTS }>;

export function listingOf(
  extension: ExtensionWithListing,
  { policy, releases }: CatalogRules,
  now: Date,
): Listing {
  const repository = nameOf(extension);
  const { entry } = extension;
  if (!entry) return { repository, item: null };
  const offerable = offerableVersions(entry, extension.versions, now);
  return {
    repository,
    item: allowListItem({ ...entry, repository: extension.repository }, offerable, releases, policy),
  };
}

/** Those whose item differs from the last event. */
export async function changedListings(tx: Tx, listings: readonly Listing[]): Promise<Listing[]> {
  const written = await lastItems(tx, listings);
  return listings.filter(({ repository, item }) => written.get(repository) !== canonicalJson(item));
}

/** Appends an event for each, under the listing lock, so that a late commit never precedes an event already read. */
export async function appendListings(tx: Tx, changed: readonly Listing[], cause: string): Promise<void> {
  if (changed.length === 0) return;
  await lockListingEvents(tx);
  const last = await tx.listingEvent.findFirst({
    orderBy: { sequence: "desc" },
    select: { sequence: true, at: true },
  });
  const firstMs = Math.max(await databaseTimeMs(tx), last ? last.at.getTime() + 1 : 0);
  await tx.listingEvent.createMany({
    data: changed.map(({ repository, item }, index) => ({
      sequence: (last?.sequence ?? 0n) + BigInt(index) + 1n,
      at: new Date(firstMs + index),
      repository,
      cause,
      item: item === null ? Prisma.DbNull : toJson(item),
    })),
  });
}

/** By repository, in canonical form; a repository without an event counts as not on the list. */
async function lastItems(tx: Tx, listings: readonly Listing[]): Promise<Map<string, string>> {
  const repositories = listings.map(({ repository }) => repository);
  const rows = await tx.$queryRaw<{ repository: string; item: unknown }[]>`
    SELECT DISTINCT ON (repository) repository, item FROM "ListingEvent"
    WHERE repository = ANY(${repositories}::text[])
    ORDER BY repository, sequence DESC`;
  const nothing = canonicalJson(null);
  const last = new Map(repositories.map((repository) => [repository, nothing]));
  for (const { repository, item } of rows) last.set(repository, canonicalJson(item));
  return last;
}

/** The next whole millisecond: an event never lies before an instant whose list was already served. */
async function databaseTimeMs(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<
    { now: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' AS now`;
  if (!row) throw new Error("the database returned no time");
  return row.now.getTime();
}
