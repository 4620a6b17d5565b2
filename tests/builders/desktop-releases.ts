import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { ReleaseConfidence } from "@/lib/extension/desktop/release-table";

/** A short history: two API steps, one release with an unknown API, none for 4.43. */
export const RELEASES: DesktopRelease[] = [
  release("4.8.0", "0.2.3", "inferred"),
  release("4.12.0", "0.2.3", "verified"),
  release("4.13.0", "0.3.0", "inferred"),
  release("4.14.0", "0.3.0", "unverified"),
  release("4.16.1", "0.3.3", "inferred"),
  release("4.18.0", "0.3.4", "verified"),
  release("4.41.2", "0.3.4", "inferred"),
  release("4.42.0", null, "unverified"),
  release("4.44.0", "0.4.2", "inferred"),
  release("4.57.0", "0.4.2", "inferred"),
];

export function release(
  version: string,
  apiVersion: string | null,
  confidence: ReleaseConfidence,
): DesktopRelease {
  return { version, releasedOn: null, apiVersion, composeVersion: null, confidence, source: "test" };
}
