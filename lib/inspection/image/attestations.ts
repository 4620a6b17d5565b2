import type { Digest } from "@/lib/extension/reference/digest";
import { type ImageSource, isMissingPart } from "@/lib/inspection/image/image-source";
import type { Descriptor, IndexEntry } from "@/lib/registry/oci/descriptor";
import { isAboutContent } from "@/lib/registry/oci/errors";

/** An in-toto statement that BuildKit attached to an image. `descriptor` describes its bytes. */
export type Statement = { predicateType: string; descriptor: Descriptor };

const PREDICATE_TYPE = "in-toto.io/predicate-type";
const REFERENCE_DIGEST = "vnd.docker.reference.digest";

/**
 * The statements for `platformDigest`, or else for the first platform that has any. BuildKit stores them in a manifest
 * beside the image: as an image with a config of its own, or, by default since 0.32, as an OCI artifact that names its
 * subject. Only their presence counts: nothing shows who made them. A listed manifest that is not available, is not an
 * artifact, or names another subject than the index does, counts as absent.
 */
export async function readStatements(
  entries: readonly IndexEntry[],
  platformDigest: Digest | undefined,
  source: ImageSource,
): Promise<Statement[]> {
  const own = entries.find((entry) => entry.annotations[REFERENCE_DIGEST] === platformDigest);
  const chosen = own ?? entries[0];
  return chosen === undefined ? [] : statementsOf(chosen, source);
}

export function isProvenance(predicateType: string): boolean {
  return predicateType.startsWith("https://slsa.dev/provenance/");
}

export function isSbom(predicateType: string): boolean {
  return /spdx|cyclonedx/i.test(predicateType);
}

async function statementsOf(entry: IndexEntry, source: ImageSource): Promise<Statement[]> {
  try {
    const { layers, subject } = await source.artifact(entry.digest);
    const about = entry.annotations[REFERENCE_DIGEST];
    if (subject !== undefined && about !== undefined && subject !== about) return [];
    return layers.flatMap((descriptor) => {
      const predicateType = descriptor.annotations[PREDICATE_TYPE];
      return predicateType === undefined ? [] : [{ predicateType, descriptor }];
    });
  } catch (error) {
    if (isMissingPart(error) || isAboutContent(error)) return [];
    throw error;
  }
}
