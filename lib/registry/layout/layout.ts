import type { Digest } from "@/lib/extension/reference/digest";
import { parseReference } from "@/lib/extension/reference/reference";
import type { Repository } from "@/lib/extension/reference/repository";
import { AppError, isAppError } from "@/lib/platform/errors";
import type { RegistryClient } from "@/lib/registry/client";
import { openLayoutArchive } from "@/lib/registry/layout/layout-archive";
import {
  agreeing,
  gather,
  LAYOUT_DOCUMENT_BYTES,
  layoutBlobs,
  tooLarge,
} from "@/lib/registry/layout/layout-blobs";
import { type LayoutContents, layoutClient } from "@/lib/registry/layout/layout-client";
import { type LayoutFiles, layoutInvalid, layoutNotFound } from "@/lib/registry/layout/layout-files";
import { openLayoutFolder } from "@/lib/registry/layout/layout-folder";
import type { IndexEntry } from "@/lib/registry/oci/descriptor";
import { parseManifest } from "@/lib/registry/oci/manifest-document";
import { sha256Digest } from "@/lib/registry/oci/verification";

export type LayoutPlace = { kind: "folder" | "archive"; path: string; tag: string | undefined };

/** One image of a layout, which can be inspected like one on a registry. */
export type Layout = {
  client: RegistryClient;
  /** The image's digest, for requests to `client`. */
  digest: Digest;
  /** Its tag in the layout, if any. */
  tag: string | undefined;
  /** The repository that it was built for, if the layout names one. */
  repository: Repository | undefined;
  close(): Promise<void>;
};

const INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
const REF_NAME = "org.opencontainers.image.ref.name";
const IMAGE_NAME = "io.containerd.image.name";

/**
 * Opens the image at `place` in an OCI image layout (image-spec, image-layout.md). Throws `not_found`,
 * `layout_invalid`, `limit_exceeded`, and `reference_not_found` if the layout has no such tag, or has several images
 * and none was chosen.
 */
export async function openLayout(place: LayoutPlace): Promise<Layout> {
  const files =
    place.kind === "folder" ? await openLayoutFolder(place.path) : await openLayoutArchive(place.path);
  try {
    return await layoutOf(files, place.tag);
  } catch (error) {
    await files.close();
    throw error;
  }
}

async function layoutOf(files: LayoutFiles, tag: string | undefined): Promise<Layout> {
  const bytes = await readIndex(files);
  const { document } = agreeing(files.name, () => parseManifest(bytes, INDEX_TYPE, "index.json"));
  const entries = document.kind === "index" ? document.entries : [];
  if (entries.length === 0) throw layoutInvalid(files.name, "its index.json lists no image");
  const contents: LayoutContents = { blobs: layoutBlobs(files), known: new Map(), name: files.name };
  const base = { client: layoutClient(contents), close: () => files.close() };
  if (tag === undefined && isOneImage(entries)) {
    const digest = sha256Digest(bytes);
    contents.known.set(digest, { mediaType: INDEX_TYPE, bytes });
    return { ...base, digest, tag: undefined, repository: undefined };
  }
  const entry = chosen(entries, tag, files.name);
  contents.known.set(entry.digest, { mediaType: entry.mediaType, bytes: undefined });
  return { ...base, digest: entry.digest, tag: tag ?? tagsOf(entry)[0], repository: repositoryOf(entry) };
}

async function readIndex(files: LayoutFiles): Promise<Uint8Array> {
  const sizeBytes = await files.size("index.json");
  if (sizeBytes === undefined)
    throw layoutNotFound(files.name, "it contains no OCI image layout (no index.json)");
  if (sizeBytes > LAYOUT_DOCUMENT_BYTES) {
    throw tooLarge(files.name, "an index.json", sizeBytes, LAYOUT_DOCUMENT_BYTES);
  }
  return gather(files.read("index.json", 0, sizeBytes));
}

/** Some tools list the platforms of one image directly in index.json, without names. */
function isOneImage(entries: readonly IndexEntry[]): boolean {
  return entries.length > 1 && entries.every((entry) => entry.platform && tagsOf(entry).length === 0);
}

function chosen(entries: readonly IndexEntry[], tag: string | undefined, name: string): IndexEntry {
  const [first, ...others] = entries.filter((entry) => tag === undefined || tagsOf(entry).includes(tag));
  if (first !== undefined && others.every(({ digest }) => digest === first.digest)) return first;
  const tags = entries.flatMap(tagsOf).slice(0, 10).join(", ") || "none";
  const what = tag === undefined ? "holds several images" : `has no single image with the tag ${tag}`;
  throw new AppError("reference_not_found", `${name} ${what}; its tags: ${tags}.`, {
    suggestion: "Add one of its tags after a colon: oci:DIR:1.0.0.",
  });
}

/** `ref.name` is a tag or, with some tools, the whole reference. */
function tagsOf({ annotations }: IndexEntry): string[] {
  const name = annotations[REF_NAME];
  if (name === undefined) return [];
  return [name.slice(name.lastIndexOf(":") + 1)];
}

function repositoryOf({ annotations }: IndexEntry): Repository | undefined {
  try {
    return parseReference(annotations[IMAGE_NAME] ?? "").repository;
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
