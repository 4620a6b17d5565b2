import { isExtensionLabel } from "@/lib/extension/labels/label-names";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";

/**
 * Whether an image is an extension at all, good or bad. One of these is enough:
 * a label under `com.docker.desktop.extension.` or `com.docker.extension.` on any platform, filled in or not
 * (base images never carry them), or a metadata.json with a usable `ui`, `vm` or `host` section (other tools
 * also name files so). `metadata` is undefined when the file is absent or unreadable; who could not read the
 * layers must not conclude from `false` that the image is none.
 */
export function isExtensionImage(
  labelsOfPlatforms: readonly Record<string, string>[],
  metadata: Metadata | undefined,
): boolean {
  return (
    labelsOfPlatforms.some((labels) => Object.keys(labels).some(isExtensionLabel)) || hasSection(metadata)
  );
}

function hasSection(metadata: Metadata | undefined): boolean {
  if (metadata === undefined) return false;
  return metadata.ui !== null || metadata.vm !== null || metadata.hostBinaries.length > 0;
}
