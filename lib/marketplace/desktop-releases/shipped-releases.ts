import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import table from "@/lib/marketplace/desktop-releases/desktop-releases.json" with { type: "json" };

/**
 * Raise it with every change of `desktop-releases.json`: an instance takes the rows of a higher revision only, so that an
 * older process that starts later does not bring former values back.
 */
export const SHIPPED_REVISION = 2;

const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

/** The Docker Desktop releases that ship with this version of Gantry; an instance can know more. */
export function shippedReleases(): DesktopRelease[] {
  return table.map(({ confidence, ...release }) => ({
    ...release,
    confidence: CONFIDENCES.find((each) => each === confidence) ?? "unverified",
  }));
}
