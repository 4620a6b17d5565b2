import { readBackendImage } from "@/lib/extension/compose/backend-image";
import type { ComposeReading } from "@/lib/extension/compose/compose";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { nameOf } from "@/lib/inspection/image/reference-platform";

/** The variable that Docker Desktop replaces by the extension's own image. */
const OWN_IMAGE = /^\$(?:\{DESKTOP_PLUGIN_IMAGE\b.*\}|DESKTOP_PLUGIN_IMAGE)$/;

/** Whether the images for linux/amd64 and linux/arm64 consist of the same layers. */
export function haveSameLayers(images: readonly PlatformImage[]): boolean {
  const [amd64, arm64] = ["linux/amd64", "linux/arm64"].map((name) =>
    images
      .find((image) => nameOf(image) === name)
      ?.layers.map(({ digest }) => digest)
      .join(" "),
  );
  return amd64 !== undefined && amd64 !== "" && amd64 === arm64;
}

/** Whether the extension's own image is its backend. `repository`: its name. */
export function hasOwnBackend(
  document: Metadata,
  compose: ComposeReading | undefined,
  repository: string,
): boolean {
  const { vm } = document;
  const images = [vm?.image ?? null, ...(compose?.services ?? []).map(({ image }) => image)];
  return images.some(
    (image) =>
      image !== null && (OWN_IMAGE.test(image) || readBackendImage(image)?.repository === repository),
  );
}
