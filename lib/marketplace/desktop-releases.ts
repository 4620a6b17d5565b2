import type { DesktopRelease } from "@/lib/extension/desktop-release";
import type { Database, Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import seed from "@/lib/marketplace/desktop-releases.json" with { type: "json" };
import type { DesktopRelease as DesktopReleaseRow } from "@/lib/platform/prisma/client";

/** Every known Docker Desktop release with its Extension API version, where known. */
export async function listDesktopReleases(tx: Tx): Promise<DesktopRelease[]> {
  const rows = await tx.desktopRelease.findMany();
  return rows.map(fromRow);
}

/** Fills an empty table with the releases that are known at the time of this Gantry; later changes stay as they are. */
export async function seedDesktopReleases(db: Database): Promise<void> {
  await transact(db, async (tx) => {
    if ((await tx.desktopRelease.count()) > 0) return;
    await tx.desktopRelease.createMany({ data: seed, skipDuplicates: true });
  });
}

function fromRow(row: DesktopReleaseRow): DesktopRelease {
  return {
    version: row.version,
    releasedOn: row.releasedOn,
    apiVersion: row.apiVersion,
    confidence: confidenceOf(row.confidence),
    source: row.source,
  };
}

/** An unknown word in the table counts as the weakest. */
function confidenceOf(text: string): DesktopRelease["confidence"] {
  return text === "verified" || text === "inferred" ? text : "unverified";
}
