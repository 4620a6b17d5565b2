/** The state of a version before its yank or block, stored in the reason so that a restore can return to it. */

import type { EarlierVisibility } from "@/lib/extension/states/version";
import { storedReason, toJson, type VisibilityReason } from "@/lib/marketplace/rows/json-columns";
import { Prisma, type Role, type Version } from "@/lib/platform/prisma/client";

export type VersionBefore = {
  visibility: EarlierVisibility;
  reason: VisibilityReason | null;
  decidedBy: Role | null;
};

type Standing = Pick<Version, "visibility" | "reason" | "decidedBy">;

/** The state to store when `version` is yanked or blocked now. A second block keeps the state before the first. */
export function beforeOf(version: Standing): VersionBefore {
  const { visibility, decidedBy } = version;
  const reason = storedReason(version.reason) ?? null;
  return visibility === "blocked" ? keptIn(reason) : { visibility, reason, decidedBy };
}

/**
 * What a yanked or blocked version returns to, read from its reason. `before` is written by `reasonKeeping` alone; reasons
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

/** `before` for a version that a restore must not list any more: it is held with the reason `why`. */
export function heldInstead(before: VersionBefore, why: VisibilityReason): VersionBefore {
  if (before.visibility === "listed") return { visibility: "held", reason: why, decidedBy: null };
  if (before.visibility !== "yanked" || before.reason === null) return before;
  return { ...before, reason: reasonKeeping(before.reason, heldInstead(keptIn(before.reason), why)) };
}

/** The columns of a version that returns to `before`. */
export function columnsOf({ visibility, reason, decidedBy }: VersionBefore) {
  return {
    visibility,
    reason: reason === null || visibility === "listed" ? Prisma.DbNull : toJson(reason),
    decidedBy,
    blockLevel: null,
  };
}
