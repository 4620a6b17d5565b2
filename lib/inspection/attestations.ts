import type { Digest } from "@/lib/extension/digest";
import { type ImageSource, isMissingPart } from "@/lib/inspection/image-source";
import { hasCode } from "@/lib/platform/errors";
import type { IndexEntry } from "@/lib/registry/descriptor";

export type Attestations = { provenance: boolean; sbom: boolean };

const PREDICATE_TYPE = "in-toto.io/predicate-type";
const REFERENCE_DIGEST = "vnd.docker.reference.digest";

/**
 * Which kinds of attestation the image carries, by the manifest that belongs to `platformDigest` (or else the first).
 * Only their presence is looked at: nothing says who made them. One that is listed but cannot be had counts as absent.
 */
export async function readAttestations(
  entries: readonly IndexEntry[],
  platformDigest: Digest | undefined,
  source: ImageSource,
): Promise<Attestations> {
  const own = entries.find((entry) => entry.annotations[REFERENCE_DIGEST] === platformDigest);
  const chosen = own ?? entries[0];
  const predicates = chosen === undefined ? [] : await predicateTypes(chosen, source);
  return {
    provenance: predicates.some((type) => type.startsWith("https://slsa.dev/provenance/")),
    sbom: predicates.some((type) => /spdx|cyclonedx/i.test(type)),
  };
}

async function predicateTypes(entry: IndexEntry, source: ImageSource): Promise<string[]> {
  try {
    const { document } = await source.manifest(entry.digest);
    if (document.kind === "index") return [];
    return document.layers.map((layer) => layer.annotations[PREDICATE_TYPE] ?? "");
  } catch (error) {
    if (isMissingPart(error) || hasCode(error, "unsupported_media_type")) return [];
    throw error;
  }
}
