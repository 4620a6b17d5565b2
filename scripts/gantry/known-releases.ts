import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import seed from "@/lib/marketplace/desktop-releases/desktop-releases.json" with { type: "json" };

const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

/** The Docker Desktop releases that ship with this version of Gantry; an instance can know more. */
export function knownReleases(): DesktopRelease[] {
  return seed.map(({ confidence, ...release }) => ({
    ...release,
    confidence: CONFIDENCES.find((each) => each === confidence) ?? "unverified",
  }));
}
