import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { normalizePlatform, type Platform, platformName } from "@/lib/extension/reference/platform";
import { quoted } from "@/lib/extension/text/quoted";
import type { ImageConfig } from "@/lib/inspection/image/image-config";
import type { ImageCandidate, ImageEntry } from "@/lib/inspection/image/image-entry";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/** Contradictions between an index entry, its manifest and its config. `configBytes`: actual length of the config. */
export function indexContradictions(
  entry: ImageCandidate,
  manifest: FetchedManifest,
  config: ImageConfig,
  configBytes: number,
): Finding[] {
  const platform = entry.platform ?? config.platform;
  const reasons = entry.selectable
    ? [
        ...typeContradiction(entry, manifest),
        ...sizeContradiction(entry, manifest),
        ...configSizeContradiction(manifest, configBytes),
      ]
    : [];
  return [
    ...platformContradictions(entry, config),
    ...reasons.map((why) =>
      makeFinding("index_ambiguous", {
        platform: platform === undefined ? "an unnamed platform" : platformName(platform),
        image: entry.digest,
        why,
      }),
    ),
  ];
}

/** containerd uses the media type from the index, Docker's older image store the manifest's own. */
function typeContradiction({ mediaType }: ImageEntry, manifest: FetchedManifest): string[] {
  if (mediaType === undefined || mediaType === manifest.mediaType) return [];
  return [
    `the index gives its media type as ${quoted(mediaType)}, but the registry as ${quoted(manifest.mediaType)}`,
  ];
}

/** containerd rejects content of another size; Docker's older image store does not check. */
function sizeContradiction({ sizeBytes }: ImageEntry, { bytes }: FetchedManifest): string[] {
  if (sizeBytes === undefined || sizeBytes === bytes.length) return [];
  return [`according to the index its manifest has ${sizeBytes} bytes, but it has ${bytes.length}`];
}

function configSizeContradiction({ document }: FetchedManifest, configBytes: number): string[] {
  if (document.kind === "index" || document.config.sizeBytes === configBytes) return [];
  return [
    `according to its manifest the config has ${document.config.sizeBytes} bytes, but it has ${configBytes}`,
  ];
}

function platformContradictions({ platform }: ImageEntry, config: ImageConfig): Finding[] {
  if (platform === undefined || config.platform === undefined || !disagree(platform, config.platform))
    return [];
  return [
    makeFinding("platform_contradiction", {
      index: platformName(platform),
      config: platformName(config.platform),
    }),
  ];
}

/** A missing variant is not a contradiction: many builders write it only into the index, others only into the config. */
export function disagree(listed: Platform, own: Platform): boolean {
  const [one, other] = [normalizePlatform(listed), normalizePlatform(own)];
  const sameVariant = (one.variant ?? other.variant) === (other.variant ?? one.variant);
  return one.os !== other.os || one.architecture !== other.architecture || !sameVariant;
}
