import type { Platform } from "@/lib/extension/reference/platform";
import type { ImageSource } from "@/lib/inspection/image/image-source";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { AppError } from "@/lib/platform/errors";
import type { IndexEntry } from "@/lib/registry/oci/descriptor";
import { isAboutContent } from "@/lib/registry/oci/errors";
import { manifestKind } from "@/lib/registry/oci/media-types";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

export type IndexContent = {
  /** Entries that may be images, in the order of the index; those of nested indexes in their place. */
  images: IndexEntry[];
  /** What calls itself BuildKit's provenance or SBOM manifest. */
  attestations: IndexEntry[];
};

const REFERENCE_TYPE = "vnd.docker.reference.type";
const ATTESTATION = "attestation-manifest";

/**
 * Everything an index lists (OCI image-spec, image-index.md), nested indexes opened. An entry that is called an index
 * and is none, or cannot be read, stays among the images. Throws `limit_exceeded` when indexes are nested deeper, or
 * list more together, than the limits allow.
 */
export async function listIndex(
  root: FetchedManifest,
  source: ImageSource,
  limits: InspectionLimits,
): Promise<IndexContent> {
  const entries = await flatten(root, source, limits, 1);
  return {
    images: entries.filter(mayBeImage),
    attestations: entries.filter(saysAttestation),
  };
}

/**
 * False for BuildKit's attestations, which no tool pulls as an image. Docker and containerd go by the platform alone:
 * they take an entry for linux/amd64 that calls itself an attestation.
 */
export function mayBeImage(entry: Pick<IndexEntry, "platform" | "annotations">): boolean {
  const { platform, annotations } = entry;
  if (platform === undefined || !isNoPlatform(platform)) return true;
  return annotations[REFERENCE_TYPE] !== ATTESTATION;
}

export function saysAttestation(entry: IndexEntry): boolean {
  return !mayBeImage(entry) || Object.hasOwn(entry.annotations, REFERENCE_TYPE);
}

/** As attestations have it: `unknown/unknown`. */
export function isNoPlatform({ os, architecture }: Platform): boolean {
  return os === "unknown" && architecture === "unknown";
}

async function flatten(
  index: FetchedManifest,
  source: ImageSource,
  limits: InspectionLimits,
  depth: number,
): Promise<IndexEntry[]> {
  if (index.document.kind === "manifest") return [];
  if (depth > limits.indexDepth) {
    throw tooMuch(`This image nests indexes more than ${limits.indexDepth} levels deep.`);
  }
  const flat: IndexEntry[] = [];
  for (const entry of index.document.entries) {
    const nested = await nestedIndex(entry, source);
    if (nested === undefined) flat.push(entry);
    else flat.push(...(await flatten(nested, source, limits, depth + 1)));
    if (flat.length > limits.indexEntries) {
      throw tooMuch(`The index of this image lists more than ${limits.indexEntries} manifests.`);
    }
  }
  return flat;
}

/** Whoever reads the entry as an image says what is wrong with one that is no index, or cannot be read. */
async function nestedIndex(entry: IndexEntry, source: ImageSource): Promise<FetchedManifest | undefined> {
  if (manifestKind(entry.mediaType) !== "index") return undefined;
  try {
    const fetched = await source.manifest(entry.digest);
    return fetched.document.kind === "index" ? fetched : undefined;
  } catch (error) {
    if (isAboutContent(error)) return undefined;
    throw error;
  }
}

function tooMuch(message: string): AppError {
  return new AppError("limit_exceeded", message, {
    suggestion:
      "Push an index that lists one image per platform, for example with docker buildx build --push.",
  });
}
