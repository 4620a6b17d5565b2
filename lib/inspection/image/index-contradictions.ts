import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  normalisePlatform,
  type Platform,
  platformName,
  samePlatform,
} from "@/lib/extension/reference/platform";
import { quoted } from "@/lib/extension/text/quoted";
import type { ImageConfig } from "@/lib/inspection/image/image-config";
import type { ImageCandidate, ImageEntry } from "@/lib/inspection/image/image-entry";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/** What an index says of an image that the image itself does not confirm. Empty for an image that no index lists. */
export function indexContradictions(
  entry: ImageCandidate,
  manifest: FetchedManifest,
  config: ImageConfig,
): Finding[] {
  const platform = entry.platform ?? config.platform;
  const reasons = entry.selectable
    ? [...typeContradiction(entry, manifest), ...sizeContradiction(entry, manifest)]
    : [];
  return [
    ...(entry.platform === undefined ? [] : platformContradictions(entry.platform, config)),
    ...reasons.map((why) =>
      makeFinding("index_ambiguous", {
        platform: platform === undefined ? "an unnamed platform" : platformName(platform),
        image: entry.digest,
        why,
      }),
    ),
  ];
}

/** containerd reads a manifest by the type that the index gives it, Docker's older image store by its own. */
function typeContradiction({ mediaType }: ImageEntry, manifest: FetchedManifest): string[] {
  if (mediaType === undefined || mediaType === manifest.mediaType) return [];
  return [`the index calls it ${quoted(mediaType)}, and the registry ${quoted(manifest.mediaType)}`];
}

/** containerd refuses content of another size, Docker's older image store does not look. */
function sizeContradiction({ sizeBytes }: ImageEntry, { bytes }: FetchedManifest): string[] {
  if (sizeBytes === undefined || sizeBytes === bytes.length) return [];
  return [`the index says that its manifest has ${sizeBytes} bytes, and it has ${bytes.length}`];
}

/** A missing variant contradicts none: many builders write it into the index only. */
function platformContradictions(listed: Platform, config: ImageConfig): Finding[] {
  if (config.platform === undefined) return [];
  const compared = { ...config.platform, variant: config.platform.variant ?? listed.variant };
  const same = samePlatform(normalisePlatform(compared), listed);
  if (same) return [];
  return [
    makeFinding("platform_contradiction", {
      index: platformName(listed),
      config: platformName(config.platform),
    }),
  ];
}
