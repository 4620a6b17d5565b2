import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Tx } from "@/lib/platform/db/database";
import type { DesktopRelease as DesktopReleaseRow } from "@/lib/platform/prisma/client";

/** Every known Docker Desktop release with its Extension API version, where known. */
export async function listDesktopReleases(tx: Tx): Promise<DesktopRelease[]> {
  const rows = await tx.desktopRelease.findMany();
  return rows.map(desktopReleaseOf);
}

/** The row as a Desktop release. An unknown confidence counts as the lowest. */
export function desktopReleaseOf(row: Omit<DesktopReleaseRow, "updatedAt" | "note">): DesktopRelease {
  return {
    version: row.version,
    releasedOn: row.releasedOn,
    apiVersion: row.apiVersion,
    composeVersion: row.composeVersion,
    confidence: confidenceOf(row.confidence),
    source: row.source,
  };
}

function confidenceOf(text: string): DesktopRelease["confidence"] {
  return text === "verified" || text === "inferred" ? text : "unverified";
}
