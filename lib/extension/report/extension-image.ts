import { isExtensionLabel } from "@/lib/extension/labels/label-names";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";

/**
 * Whether an image is an extension, valid or not. One of these is sufficient: a label under
 * `com.docker.desktop.extension.` or `com.docker.extension.` on any platform, even empty (base images never have
 * them), or a metadata.json with a usable `ui`, `vm` or `host` section (other tools use that file name, too).
 * `metadata` is undefined when the file is absent or unreadable. If layers were unreadable, `false` proves nothing.
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
