import type { OfferReason } from "@/lib/extension/offer/offer-reason";
import type { SemVersion } from "@/lib/extension/reference/semver";

/** Why a version was taken back; `message` is the public reason that a person gave. */
export type Withdrawal = {
  kind: "yanked" | "blocked";
  level: "hard" | "soft" | null;
  message: string | null;
};

export type Installed = {
  /** The tag as a version; undefined when it is none. */
  version: SemVersion | undefined;
  /** Whether this extension ever had the tag. */
  seen: boolean;
  /** False when the client named a digest that is neither the version's index nor one of its platforms. */
  sameDigest: boolean;
  /** True when that digest is the one that the tag moved to after it was accepted. */
  movedDigest: boolean;
  /** Of the digest, or of the tag when the client named no digest. */
  withdrawal: Withdrawal | undefined;
  /** True when the entry's track leaves versions like this one out. */
  outsideTrack: boolean;
};

/** What the host is offered, as `offerFor` answered. */
export type UpdateOffer = {
  /** Undefined when nothing is offered. */
  version: SemVersion | undefined;
  reason: OfferReason;
  pinned: boolean;
};

/** `minimumDesktop`: the oldest Docker Desktop that runs the newest version, where this host's is too old. */
export type UpdateReason = { code: string; message: string; minimumDesktop?: string };

/** The offer is higher than what is installed. */
export function whyUpdate({ version, reason }: UpdateOffer): UpdateReason {
  const message = `Version ${version?.text} is available.`;
  if (reason.code === "newest") return { code: "newer_version", message };
  return { code: "newer_version", message: `${message} ${reason.message}`, ...minimumDesktopOf(reason) };
}

/** The offer is what is installed. */
export function upToDate({ reason, pinned }: UpdateOffer): UpdateReason {
  if (pinned) return { code: "pinned", message: "The allow-list pins this extension to this version." };
  if (reason.code === "needs_newer_desktop") return needsDesktop(reason);
  const message = "This is the newest version for this host.";
  return { code: "up_to_date", message: reason.code === "newest" ? message : `${message} ${reason.message}` };
}

/** What is installed is higher than the offer, or nothing is offered: no downgrade is ever proposed. */
export function whyNothingHigher(
  { outsideTrack }: Installed,
  { version, reason }: UpdateOffer,
): UpdateReason {
  if (outsideTrack) {
    return {
      code: "newer_than_allowed",
      message: "The allow-list admits other versions of this extension only.",
    };
  }
  if (version !== undefined) {
    const message = `What is installed is newer than ${version.text}, which this host is offered.`;
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
