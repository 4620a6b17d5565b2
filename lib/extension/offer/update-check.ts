/**
 * The decision of the update check for one installed version: what the client should do, and why. Input is what is known
 * about the version and what its host is offered.
 */

import type { Installed, UpdateOffer, Withdrawal } from "@/lib/extension/offer/update-reason";
import {
  type UpdateReason,
  upToDate,
  whyNothingHigher,
  whyUpdate,
} from "@/lib/extension/offer/update-reason";
import { compareSemver } from "@/lib/extension/reference/semver";

export const UPDATE_ACTIONS = [
  "none",
  "update",
  "digest_differs",
  "yanked",
  "blocked",
  "moved",
  "not_listed",
  "unknown",
] as const;

export type UpdateAction = (typeof UPDATE_ACTIONS)[number];

/** `target`: whether the answer includes the offer as the version to install instead. */
export type UpdateDecision = { action: UpdateAction; target: boolean; reason: UpdateReason };

/** The decision for an extension with an active entry. A withdrawal takes precedence over everything else. */
export function decideUpdate(installed: Installed, offer: UpdateOffer): UpdateDecision {
  if (installed.withdrawal !== undefined)
    return afterWithdrawal(installed.withdrawal, offer.version !== undefined);
  const { version } = installed;
  const order = version && offer.version ? compareSemver(version, offer.version) : undefined;
  if (!installed.seen && order !== 1) return unknownTag(order, offer);
  if (!installed.sameDigest) return otherDigest(installed, offer);
  if (order === -1) return { action: "update", target: true, reason: whyUpdate(offer) };
  if (order === 0) return nothing(upToDate(offer));
  return nothing(whyNothingHigher(installed, offer));
}

/** The decision for a yanked or blocked version, even if the extension is no longer offered. */
export function afterWithdrawal(withdrawal: Withdrawal, hasOffer: boolean): UpdateDecision {
  const { kind, level, message } = withdrawal;
  const code = kind === "yanked" ? kind : (`blocked_${level ?? "hard"}` as const);
  return {
    action: kind,
    target: hasOffer,
    reason: { code, message: message ?? WITHDRAWN[code] },
  };
}

const WITHDRAWN: Record<"yanked" | "blocked_hard" | "blocked_soft", string> = {
  yanked: "This version was withdrawn.",
  blocked_hard: "This version is blocked. Remove it.",
  blocked_soft: "A warning was issued for this version.",
};

function nothing(reason: UpdateReason): UpdateDecision {
  return { action: "none", target: false, reason };
}

function unknownTag(order: -1 | 0 | 1 | undefined, { version }: UpdateOffer): UpdateDecision {
  const known = order === undefined ? "" : ` The latest version for this host is ${version?.text}.`;
  const message = `This marketplace does not have this tag.${known}`;
  return { action: "unknown", target: order !== undefined, reason: { code: "tag_unknown", message } };
}

function otherDigest({ movedDigest }: Installed, offer: UpdateOffer): UpdateDecision {
  const reason = movedDigest
    ? {
        code: "tag_moved",
        message: "The tag was pushed again after approval. The installed image is not the approved one.",
      }
    : {
        code: "digest_unknown",
        message: "The installed image is not the one approved for this tag.",
      };
  return { action: "digest_differs", target: offer.version !== undefined, reason };
}
