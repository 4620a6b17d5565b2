import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { DesktopRelease as DesktopReleaseRow } from "@/lib/platform/prisma/client";

/** The row as a Desktop release. An unknown word for the confidence counts as the least. */
export function desktopReleaseOf(row: Omit<DesktopReleaseRow, "updatedAt" | "note">): DesktopRelease {
  return {
    version: row.version,
    releasedOn: row.releasedOn,
    apiVersion: row.apiVersion,
    confidence: confidenceOf(row.confidence),
    source: row.source,
  };
}

function confidenceOf(text: string): DesktopRelease["confidence"] {
  return text === "verified" || text === "inferred" ? text : "unverified";
}
