import type { Finding } from "@/lib/extension/findings/finding";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import { type IconFile, readIconFile } from "@/lib/inspection/files/icon-file";
import { type ImageCompose, readImageCompose } from "@/lib/inspection/files/image-compose";
import { ImageFiles } from "@/lib/inspection/files/image-files";
import { type ImageMetadata, readImageMetadata } from "@/lib/inspection/files/image-metadata";
import type { FileAccess } from "@/lib/inspection/files/metadata-file";
import {
  type ProvisionalMetadata,
  readProvisionalMetadata,
} from "@/lib/inspection/files/provisional-metadata";
import { layerDigestFindings } from "@/lib/inspection/image/layer-claims";
import type { PlatformImage } from "@/lib/inspection/image/platform-images";
import { deciding, nameOf, referenceFirst } from "@/lib/inspection/image/reference-platform";
import type { LayerReader } from "@/lib/inspection/layers/layer-reader";
import type { InspectionLimits } from "@/lib/inspection/limits";
import type { Priority } from "@/lib/platform/priority-semaphore";

/** The files read from the layers. `documents`: the parsed metadata.json of each of `platforms`. */
export type InspectedFiles = {
  platforms: [PlatformImage, ...PlatformImage[]];
  documents: (Metadata | undefined)[];
  metadata: ImageMetadata;
  compose: ImageCompose;
} & IconFile;

export type InspectFilesOptions = {
  reader: LayerReader;
  limits: InspectionLimits;
  /** The reference that compose files use for the extension's own image. */
  ownImage: string;
  /** Reports metadata.json before it is proven, when a user waits for the result. */
  onProvisional: ((provisional: ProvisionalMetadata) => void) | undefined;
  onMetadata: (metadata: ImageMetadata, provisional: ProvisionalMetadata | undefined) => void;
  onCompose: (compose: ImageCompose) => void;
  signal: AbortSignal;
  priority: Priority | undefined;
  /** Monotonic clock in milliseconds. */
  now: () => number;
};

/**
 * Reads metadata.json of every platform that Docker Desktop's virtual machine could run, the compose files that these
 * name, and the icon of the reference platform. Layers are read one after the other, so that the budget is always
 * spent in the same order.
 */
export async function inspectFiles(
  images: readonly [PlatformImage, ...PlatformImage[]],
  options: InspectFilesOptions,
): Promise<InspectedFiles> {
  const { reader, limits, ownImage, priority, signal } = options;
  const [first, ...others] = referenceFirst(images);
  const platforms: InspectedFiles["platforms"] = [
    first,
    ...others.filter((image) => image.platform.os === "linux" || image.selectable),
  ];
  const access = (image: PlatformImage): FileAccess => ({
    files: new ImageFiles(image.layers, reader),
    reader,
    platform: nameOf(image),
    limits,
    turn: { priority, signal },
  });
  const provisional = options.onProvisional && (await readProvisionalMetadata(first.layers, options));
  if (provisional) options.onProvisional?.(provisional);
  const metadata = await readImageMetadata([access(first), ...platforms.slice(1).map(access)]);
  options.onMetadata(metadata, provisional);
  const compose = await readImageCompose(
    platforms.map((image, at) => ({ access: access(image), document: metadata.documents[at] })),
    ownImage,
  );
  options.onCompose(compose);
  const named = metadata.report?.document.icon ?? null;
  const icon = named === null ? NO_ICON : await readIconFile(named, access(first));
  const needed = new Set(deciding(images).map(nameOf));
  const findings: Finding[] = [
    ...layerFindings(platforms, reader),
    ...metadata.findings.filter((finding) => isAbout(finding, needed) || finding.code !== "metadata_missing"),
    ...compose.findings,
    ...icon.findings,
  ];
  return { ...icon, platforms, documents: metadata.documents, metadata, compose, findings };
}

function isAbout({ evidence }: Finding, platforms: ReadonlySet<string>): boolean {
  return platforms.has(String(evidence.platform));
}

function layerFindings(images: readonly PlatformImage[], reader: LayerReader): Finding[] {
  return images
    .filter(({ selectable }) => selectable)
    .flatMap((image) =>
      layerDigestFindings({ ...image, platform: nameOf(image) }, (layer) => reader.archiveDigest(layer)),
    );
}

const NO_ICON: IconFile = { icon: null, media: [], findings: [] };
