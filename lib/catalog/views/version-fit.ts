import type { Confidence, Host, Releases } from "@/lib/extension/desktop/desktop-release";
import { offerFor, type VersionRef } from "@/lib/extension/offer/offer";
import type { PreparedVersions } from "@/lib/extension/offer/offerable-version";
import type { Policy } from "@/lib/extension/policy/policy";

/** Whether a version runs on a host; if not, `code` and `message` say why. */
export type VersionFit = Pick<VersionRef, "tag"> &
  ({ fits: true; confidence: Confidence } | { fits: false; code: string; message: string });

/** Evaluates each version on its own, in any channel; newest first. */
export function fitsOf(
  { newestFirst }: PreparedVersions,
  host: Host,
  releases: Releases,
  policy: Policy,
): VersionFit[] {
  return newestFirst.map((version): VersionFit => {
    const anyChannel: Host = { ...host, channel: "prerelease" };
    const { offer, reason } = offerFor({ newestFirst: [version] }, anyChannel, releases, policy);
    const { tag } = version;
    if (offer !== null) return { tag, fits: true, confidence: offer.confidence };
    return { tag, fits: false, code: reason.code, message: reason.message };
  });
}
