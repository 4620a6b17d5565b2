/** What a version was before its yank or block, kept in the reason so that a restore can go back to it. */

import type { EarlierVisibility } from "@/lib/extension/states/version";
import { storedReason, toJson, type VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import { Prisma, type Role, type Version } from "@/lib/platform/prisma/client";

export type VersionBefore = {
  visibility: EarlierVisibility;
  reason: VisibilityReason | null;
  decidedBy: Role | null;
};

type Standing = Pick<Version, "visibility" | "reason" | "decidedBy">;

/** To keep when `version` is yanked or blocked now. What was before a block is kept through a second one. */
export function beforeOf(version: Standing): VersionBefore {
  const { visibility, decidedBy } = version;
  const reason = storedReason(version.reason) ?? null;
  return visibility === "blocked" ? keptIn(reason) : { visibility, reason, decidedBy };
}

/**
 * What a yanked or blocked version goes back to, out of its reason. `before` is written by `reasonKeeping` alone; reasons
 * of earlier releases have only `earlier`.
 */
export function keptIn(reason: VisibilityReason | null | undefined): VersionBefore {
  const details = reason?.details;
  if (details?.before !== undefined) return details.before as VersionBefore;
  return { visibility: details?.earlier === "listed" ? "listed" : "held", reason: null, decidedBy: null };
}

export function reasonKeeping(reason: VisibilityReason, before: VersionBefore): VisibilityReason {
  return { ...reason, details: { earlier: before.visibility, before } };
}

/** `before` for a version that no longer may be listed by a restore: it is held with the reason `why`. */
export function heldInstead(before: VersionBefore, why: VisibilityReason): VersionBefore {
  if (before.visibility === "listed") return { visibility: "held", reason: why, decidedBy: null };
  if (before.visibility !== "yanked" || before.reason === null) return before;
  return { ...before, reason: reasonKeeping(before.reason, heldInstead(keptIn(before.reason), why)) };
}

/** The columns of a version that goes back to `before`. */
export function columnsOf({ visibility, reason, decidedBy }: VersionBefore) {
  return {
    visibility,
    reason: reason === null || visibility === "listed" ? Prisma.DbNull : toJson(reason),
    decidedBy,
    blockLevel: null,
  };
}
