import { storedReason, type VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import type { BlockLevel, Role, Version, Visibility } from "@/lib/platform/prisma/client";

export type VersionView = {
  tag: string;
  version: string;
  digest: string;
  visibility: Visibility;
  reason: VisibilityReason | null;
  blockLevel: BlockLevel | null;
  /** Role of the person behind the visibility; null when a rule decided. */
  decidedBy: Role | null;
  listedAt: string | null;
  moved: { digest: string; seenAt: string } | null;
};

export function viewVersion(version: Version): VersionView {
  return {
    tag: version.tag,
    version: version.semver,
    digest: version.digest,
    visibility: version.visibility,
    reason: storedReason(version.reason) ?? null,
    blockLevel: version.blockLevel,
    decidedBy: version.decidedBy,
    listedAt: version.listedAt?.toISOString() ?? null,
    moved:
      version.movedDigest && version.movedSeenAt
        ? { digest: version.movedDigest, seenAt: version.movedSeenAt.toISOString() }
        : null,
  };
}
