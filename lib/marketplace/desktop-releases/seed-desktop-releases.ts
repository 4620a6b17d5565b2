import { SHIPPED_REVISION, shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { readShippedTable, storeShippedTable } from "@/lib/marketplace/rows/shipped-table";
import type { Database } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

/** Fills the table of a new database with the releases that this version of Gantry knows. */
export async function seedDesktopReleases(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    if ((await readShippedTable(tx)) !== undefined || (await tx.desktopRelease.count()) > 0) return;
    const releases = shippedReleases();
    await tx.desktopRelease.createMany({ data: releases, skipDuplicates: true });
    await storeShippedTable(tx, { revision: SHIPPED_REVISION, releases });
    await bumpCatalogRevision(tx, "whole");
  });
}
