import type { Platform } from "@/lib/extension/reference/platform";
import type { ImageSource } from "@/lib/inspection/image/image-source";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { AppError } from "@/lib/platform/errors";
import type { IndexEntry } from "@/lib/registry/oci/descriptor";
import { isAboutContent } from "@/lib/registry/oci/errors";
import { manifestKind } from "@/lib/registry/oci/media-types";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

export type IndexContent = {
  /** Entries that can be images, in index order; those of nested indexes in their place. */
  images: IndexEntry[];
  /** Manifests that declare themselves BuildKit provenance or SBOM. */
  attestations: IndexEntry[];
};

const REFERENCE_TYPE = "vnd.docker.reference.type";
const ATTESTATION = "attestation-manifest";
const ATTESTATION_TYPE = "application/vnd.docker.attestation.manifest.v1+json";

/**
 * Lists an index (OCI image-spec, image-index.md), with nested indexes expanded. An entry that is declared as an
 * index but is not one, or cannot be read, stays among the images. Throws `limit_exceeded` when indexes are nested
 * deeper, or list more in total, than the limits allow.
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
 * False for BuildKit attestations, which no tool pulls as an image. Docker and containerd use only the platform: they
 * would select an entry for linux/amd64 that declares itself an attestation.
 */
export function mayBeImage(entry: Pick<IndexEntry, "platform" | "annotations" | "artifactType">): boolean {
  const { platform, annotations, artifactType } = entry;
  if (platform === undefined || !isNoPlatform(platform)) return true;
  return annotations[REFERENCE_TYPE] !== ATTESTATION && artifactType !== ATTESTATION_TYPE;
}

export function saysAttestation(entry: IndexEntry): boolean {
  return !mayBeImage(entry) || Object.hasOwn(entry.annotations, REFERENCE_TYPE);
}

/** The platform of attestations: `unknown/unknown`. */
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

/** Errors are ignored here: reading the entry as an image reports them. */
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
