import type { OfferReason } from "@/lib/extension/offer/offer-reason";
import type { Installed, UpdateOffer } from "@/lib/extension/offer/update-check";

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
