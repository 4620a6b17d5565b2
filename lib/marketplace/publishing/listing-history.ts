/** The allow-list's history: one event for each extension whose item has changed. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { listDesktopReleases } from "@/lib/marketplace/publishing/desktop-releases";
import { lockListingEvents } from "@/lib/marketplace/publishing/listing-lock";
import { offerableVersions } from "@/lib/marketplace/publishing/offerable";
import { nameOf } from "@/lib/marketplace/rows/extension-name";
import { toJson } from "@/lib/marketplace/rows/stored";
import { readPolicy } from "@/lib/marketplace/rows/stored-policy";
import type { Tx } from "@/lib/platform/db/database";
import { Prisma } from "@/lib/platform/prisma/client";

/** Appends events for those of the extensions whose item is no longer the last one written. */
export async function recordListings(
  tx: Tx,
  ctx: Context,
  ids: readonly string[] | "all",
  cause: string,
): Promise<void> {
  const judgedBy = {
    policy: await readPolicy(tx),
    releases: await listDesktopReleases(tx),
    now: ctx.clock.now(),
  };
  const extensions = await tx.extension.findMany({
    where: ids === "all" ? { entry: { state: "active" } } : { id: { in: [...ids] } },
    include: PARTS,
  });
  const items = extensions.map((extension) => currentItem(extension, judgedBy));
  await appendChanged(tx, items, cause);
}

const PARTS = {
  entry: true,
  versions: { where: { current: true, visibility: "listed" }, include: { inspection: true } },
} satisfies Prisma.ExtensionInclude;

type EvaluationContext = { policy: Policy; releases: readonly DesktopRelease[]; now: Date };
type Listing = { repository: string; item: AllowListItem | null };

function currentItem(
  extension: Prisma.ExtensionGetPayload<{ include: typeof PARTS }>,
  { policy, releases, now }: EvaluationContext,
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

/** Under the listing lock, so that a late commit never puts an event before one that was already read. */
async function appendChanged(tx: Tx, listings: readonly Listing[], cause: string): Promise<void> {
  const written = await lastItems(tx, listings);
  const changed = listings.filter(({ repository, item }) => written.get(repository) !== canonicalJson(item));
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

/** The next whole millisecond: an event never lies before an instant that somebody may already have asked about. */
async function databaseTimeMs(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<
    { now: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' AS now`;
  if (!row) throw new Error("the database told no time");
  return row.now.getTime();
}
