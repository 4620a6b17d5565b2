/** How a write reaches the public: the catalog's revision rises, and the allow-list's history gets a line. */

import { familiarName, parseRepository } from "@/lib/extension/repository";
import { canonicalJson } from "@/lib/journal/canonical-json";
import type { Context } from "@/lib/journal/context";
import { type AllowListItem, allowListItem } from "@/lib/marketplace/allow-list-item";
import { raiseCatalogRevision } from "@/lib/marketplace/catalog-revision";
import { listDesktopReleases } from "@/lib/marketplace/desktop-releases";
import { lockListingEvents } from "@/lib/marketplace/listing-lock";
import { offerableVersions } from "@/lib/marketplace/offerable";
import { readPolicy } from "@/lib/marketplace/policy";
import { toJson } from "@/lib/marketplace/stored";
import type { Tx } from "@/lib/platform/db/database";
import { Prisma } from "@/lib/platform/prisma/client";

/**
 * Marks the extension as changed for the public. Call it after the change and before the audit row: the revision's
 * row lock is held until the commit, so revisions become visible in their order. `cause` names the act.
 */
export async function touchCatalog(
  tx: Tx,
  ctx: Context,
  extensionId: string,
  cause: string,
): Promise<bigint> {
  const revision = await raiseCatalogRevision(tx);
  await tx.extension.update({ where: { id: extensionId }, data: { revision } });
  await recordListing(tx, ctx, extensionId, cause);
  return revision;
}

/** Appends a listing event when the allow-list's item differs from the last one written for this repository. */
async function recordListing(tx: Tx, ctx: Context, extensionId: string, cause: string): Promise<void> {
  const extension = await tx.extension.findUniqueOrThrow({
    where: { id: extensionId },
    include: {
      entry: true,
      versions: { where: { current: true, visibility: "listed" }, include: { inspection: true } },
    },
  });
  const repository = familiarName(parseRepository(extension.repository));
  const item = await currentItem(tx, ctx, extension);
  const last = await tx.listingEvent.findFirst({ where: { repository }, orderBy: { sequence: "desc" } });
  if (canonicalJson(last?.item ?? null) === canonicalJson(item)) return;
  await appendListingEvent(tx, repository, cause, item);
}

type ExtensionWithVersions = Prisma.ExtensionGetPayload<{
  include: { entry: true; versions: { include: { inspection: true } } };
}>;

async function currentItem(
  tx: Tx,
  ctx: Context,
  extension: ExtensionWithVersions,
): Promise<AllowListItem | null> {
  const now = ctx.clock.now();
  const [policy, releases] = [await readPolicy(tx), await listDesktopReleases(tx)];
  if (!extension.entry) return null;
  const offerable = offerableVersions(extension.entry, extension.versions, now);
  return allowListItem({ ...extension.entry, repository: extension.repository }, offerable, releases, policy);
}

/** Under the listing lock, so that a late commit never puts an event before one that was already read. */
async function appendListingEvent(
  tx: Tx,
  repository: string,
  cause: string,
  item: AllowListItem | null,
): Promise<void> {
  await lockListingEvents(tx);
  const last = await tx.listingEvent.findFirst({
    orderBy: { sequence: "desc" },
    select: { sequence: true, at: true },
  });
  const [clock] = await tx.$queryRaw<
    { now: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  const earliest = last ? last.at.getTime() + 1 : 0;
  await tx.listingEvent.create({
    data: {
      sequence: (last?.sequence ?? 0n) + 1n,
      at: new Date(Math.max(clock?.now.getTime() ?? 0, earliest)),
      repository,
      cause,
      item: item === null ? Prisma.DbNull : toJson(item),
    },
  });
}
