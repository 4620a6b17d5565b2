import { type Finding, makeFinding } from "@/lib/extension/findings/finding";
import { describing } from "@/lib/extension/labels/annotations";
import type { Digest } from "@/lib/extension/reference/digest";
import { quoted } from "@/lib/extension/text/quoted";
import { readStatements, type Statement } from "@/lib/inspection/image/attestations";
import type { ImageSource } from "@/lib/inspection/image/image-source";
import { listIndex } from "@/lib/inspection/image/index-entries";
import { type PlatformImage, readPlatformImages } from "@/lib/inspection/image/platform-images";
import { referenceOf } from "@/lib/inspection/image/reference-platform";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { isImageHeader } from "@/lib/registry/oci/media-types";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/** The images behind a reference. If `images` is empty, `why` says what was found instead. */
export type ImageStructure = {
  digest: Digest;
  mediaType: string;
  images: PlatformImage[];
  statements: Statement[];
  /** Platforms that the index also lists, and that no Docker Desktop chooses; not read. */
  foreign: string[];
  findings: Finding[];
  why: string;
};

/** Reads an index, or a single manifest, with the manifests and configs of all platforms. */
export async function readImageStructure(
  root: FetchedManifest,
  source: ImageSource,
  limits: InspectionLimits,
): Promise<ImageStructure> {
  const isIndex = root.document.kind === "index";
  const listed = isIndex
    ? await listIndex(root, source, limits)
    : { images: [{ digest: root.digest }], attestations: [] };
  const read = await readPlatformImages(listed.images, source, limits.parallelPlatforms);
  const { foreign, findings, unread } = read;
  const images = read.images.map((image) => withAnnotations(image, root));
  const [first, ...others] = images;
  const subject = first === undefined ? undefined : referenceOf([first, ...others]).digest;
  const statements = await readStatements(listed.attestations, subject, source);
  return {
    digest: root.digest,
    mediaType: root.mediaType,
    images,
    statements,
    foreign,
    findings: [...contentTypeFindings(root), ...findings],
    why: unread[0] ?? "it lists no image for any platform",
  };
}

/** A header by which Docker does not recognize the image; Gantry goes by the content. */
function contentTypeFindings({ contentType, mediaType }: FetchedManifest): Finding[] {
  if (contentType === undefined || isImageHeader(contentType)) return [];
  const header = contentType === "" ? "no Content-Type" : `Content-Type: ${quoted(contentType)}`;
  return [makeFinding("registry_content_type", { header, mediaType })];
}

/** The annotations of an index apply to all its images; those of an image itself take precedence. */
function withAnnotations(image: PlatformImage, { document }: FetchedManifest): PlatformImage {
  return { ...image, annotations: { ...describing(document.annotations ?? {}), ...image.annotations } };
}
