import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import seed from "@/lib/marketplace/publishing/desktop-releases.json" with { type: "json" };
import { desktopReleaseOf } from "@/lib/marketplace/rows/stored-desktop-release";
import type { Database, Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";

/** Every known Docker Desktop release with its Extension API version, where known. */
export async function listDesktopReleases(tx: Tx): Promise<DesktopRelease[]> {
  const rows = await tx.desktopRelease.findMany();
  return rows.map(desktopReleaseOf);
}

/** Fills an empty table with the releases that are known at the time of this Gantry; later changes stay as they are. */
export async function seedDesktopReleases(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    if ((await tx.desktopRelease.count()) > 0) return;
    await tx.desktopRelease.createMany({ data: seed, skipDuplicates: true });
    await bumpCatalogRevision(tx, "whole");
  });
}
