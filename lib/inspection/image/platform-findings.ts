import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  EXPECTED_PLATFORMS,
  type Platform,
  platformName,
  samePlatform,
} from "@/lib/extension/reference/platform";

/** Findings about missing and unusable platforms of an image: Docker Desktop runs two. */
export function platformFindings(platforms: readonly Platform[]): Finding[] {
  const missing = EXPECTED_PLATFORMS.filter((expected) => !includes(platforms, expected));
  const foreign = platforms.filter((platform) => !includes(EXPECTED_PLATFORMS, platform));
  return [
    ...(missing.length === EXPECTED_PLATFORMS.length
      ? [makeFinding("platform_unusable", { found: platforms.map(platformName).join(", ") || "none" })]
      : missing.map((platform) => makeFinding("platform_missing", { platform: platformName(platform) }))),
    ...foreign.map((platform) => makeFinding("platform_foreign", { platform: platformName(platform) })),
  ];
}

function includes(platforms: readonly Platform[], wanted: Platform): boolean {
  return platforms.some((platform) => samePlatform(platform, wanted));
}
