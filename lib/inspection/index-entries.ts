import type { Platform } from "@/lib/extension/platform";
import type { ImageSource } from "@/lib/inspection/image-source";
import type { InspectionLimits } from "@/lib/inspection/limits";
import { AppError } from "@/lib/platform/errors";
import type { IndexEntry } from "@/lib/registry/descriptor";
import type { FetchedManifest } from "@/lib/registry/manifest";
import { manifestKind } from "@/lib/registry/media-types";

export type IndexContent = {
  /** Manifests that may be images, in the order of the index; those of nested indexes in their place. */
  images: IndexEntry[];
  /** What calls itself BuildKit's provenance or SBOM manifest. */
  attestations: IndexEntry[];
};

const REFERENCE_TYPE = "vnd.docker.reference.type";

/**
 * Everything an index lists (OCI image-spec, image-index.md), nested indexes opened. Throws `limit_exceeded` when
 * they are nested deeper, or list more together, than the limits allow.
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
 * False for what nothing pulls. Docker and containerd go by the platform alone: an entry for linux/amd64 that calls
 * itself an attestation is the image that they take.
 */
export function mayBeImage({ platform }: Pick<IndexEntry, "platform">): boolean {
  return platform === undefined || !isNoPlatform(platform);
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
    throw tooMuch(`Indexes are nested more than ${limits.indexDepth} deep in this image.`);
  }
  const flat: IndexEntry[] = [];
  for (const entry of index.document.entries) {
    if (manifestKind(entry.mediaType) !== "index") flat.push(entry);
    else flat.push(...(await flatten(await source.manifest(entry.digest), source, limits, depth + 1)));
    if (flat.length > limits.indexEntries) {
      throw tooMuch(`The index of this image lists more than ${limits.indexEntries} manifests.`);
    }
  }
  return flat;
}

function tooMuch(message: string): AppError {
  return new AppError("limit_exceeded", message, {
    suggestion: "Push an index that lists one image per platform, as docker buildx build --push makes it.",
  });
}
