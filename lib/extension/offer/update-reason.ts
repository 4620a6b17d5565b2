import type { OfferReason } from "@/lib/extension/offer/offer-reason";
import type { SemVersion } from "@/lib/extension/reference/semver";

/** A yank or block of a version. `message` is the public reason that a reviewer gave. */
export type Withdrawal = {
  kind: "yanked" | "blocked";
  level: "hard" | "soft" | null;
  message: string | null;
};

export type Installed = {
  /** The tag as a version; undefined when the tag is not a version. */
  version: SemVersion | undefined;
  /** Whether the tag was ever seen for this extension. */
  seen: boolean;
  /** False when the client sent a digest that is neither the version's index nor one of its platforms. */
  sameDigest: boolean;
  /** True when that digest is the one that the tag points to since it was pushed again. */
  movedDigest: boolean;
  /** The withdrawal of the digest, or of the tag when the client sent no digest. */
  withdrawal: Withdrawal | undefined;
  /** True when the entry's track does not allow this version. */
  outsideTrack: boolean;
};

/** What the host is offered, as returned by `offerFor`. */
export type UpdateOffer = {
  /** Undefined when nothing is offered. */
  version: SemVersion | undefined;
  reason: OfferReason;
  pinned: boolean;
};

/** `minimumDesktop`: if the host's Docker Desktop is too old, the oldest one that runs the newest version. */
export type UpdateReason = { code: string; message: string; minimumDesktop?: string };

/** The offered version is higher than the installed one. */
export function whyUpdate({ version, reason }: UpdateOffer): UpdateReason {
  const message = `Version ${version?.text} is available.`;
  if (reason.code === "newest") return { code: "newer_version", message };
  return { code: "newer_version", message: `${message} ${reason.message}`, ...minimumDesktopOf(reason) };
}

/** The offered version is installed. */
export function upToDate({ reason, pinned }: UpdateOffer): UpdateReason {
  if (pinned) return { code: "pinned", message: "The allow-list pins the extension to this version." };
  if (reason.code === "needs_newer_desktop") return needsDesktop(reason);
  const message = "This is the latest version for this host.";
  return { code: "up_to_date", message: reason.code === "newest" ? message : `${message} ${reason.message}` };
}

/** The installed version is higher than the offer, or nothing is offered. A downgrade is never suggested. */
export function whyNothingHigher(
  { outsideTrack }: Installed,
  { version, reason }: UpdateOffer,
): UpdateReason {
  if (outsideTrack) {
    return {
      code: "newer_than_allowed",
      message: "The allow-list does not allow this version of the extension.",
    };
  }
  if (version !== undefined) {
    const message = `The installed version is newer than ${version.text}, the latest version for this host.`;
    return { code: "newer_than_offer", message, ...minimumDesktopOf(reason) };
  }
  if (reason.code === "needs_newer_desktop") return needsDesktop(reason);
  return { code: "no_offer", message: reason.message };
}

function needsDesktop(reason: OfferReason): UpdateReason {
  return { code: "needs_desktop", message: reason.message, ...minimumDesktopOf(reason) };
}

function minimumDesktopOf(reason: OfferReason): { minimumDesktop?: string } {
  return reason.code === "needs_newer_desktop" ? { minimumDesktop: reason.minimumDesktop } : {};
}
