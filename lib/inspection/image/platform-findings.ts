import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { EXPECTED_PLATFORMS, platformName } from "@/lib/extension/reference/platform";
import { type ImagePlatform, nameOf } from "@/lib/inspection/image/reference-platform";

/**
 * Findings about missing and unusable platforms of an image: Docker Desktop runs two. A disputed platform counts as
 * unknown, and its contradiction is a finding of its own. `foreign`: platforms that the index also lists.
 */
export function platformFindings(images: readonly ImagePlatform[], foreign: readonly string[]): Finding[] {
  const names = images.filter(({ disputed }) => !disputed).map(nameOf);
  const disputed = images.filter((image) => image.disputed).map(nameOf);
  const missing = EXPECTED_PLATFORMS.map(platformName).filter((expected) => !names.includes(expected));
  const others = [...names.filter((name) => !EXPECTED_NAMES.has(name)), ...foreign];
  return [
    ...(missing.length === EXPECTED_PLATFORMS.length
      ? [makeFinding("platform_unusable", { found: namedPlatforms([...names, ...foreign]) || "none" })]
      : missing
          .filter((platform) => !disputed.includes(platform))
          .map((platform) => makeFinding("platform_missing", { platform }))),
    ...(others.length === 0 ? [] : [makeFinding("platform_foreign", { platforms: namedPlatforms(others) })]),
  ];
}

const EXPECTED_NAMES = new Set(EXPECTED_PLATFORMS.map(platformName));

const NAMED_MAX = 8;

/** `linux/s390x, windows/amd64 and 3 more`. */
function namedPlatforms(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX).join(", ");
  return names.length <= NAMED_MAX ? named : `${named} and ${names.length - NAMED_MAX} more`;
}
