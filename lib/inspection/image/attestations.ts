import type { Digest } from "@/lib/extension/reference/digest";
import { type ImageSource, isMissingPart } from "@/lib/inspection/image/image-source";
import { hasCode } from "@/lib/platform/errors";
import type { Descriptor, IndexEntry } from "@/lib/registry/oci/descriptor";

/** An in-toto statement that BuildKit attached to an image. `descriptor` describes its bytes. */
export type Statement = { predicateType: string; descriptor: Descriptor };

const PREDICATE_TYPE = "in-toto.io/predicate-type";
const REFERENCE_DIGEST = "vnd.docker.reference.digest";

/**
 * The statements for `platformDigest`, or else for the first platform that has any. Only their presence counts:
 * nothing shows who made them. A listed manifest that is not available counts as absent.
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
    const { document } = await source.manifest(entry.digest);
    if (document.kind === "index") return [];
    return document.layers.flatMap((descriptor) => {
      const predicateType = descriptor.annotations[PREDICATE_TYPE];
      return predicateType === undefined ? [] : [{ predicateType, descriptor }];
    });
  } catch (error) {
    if (isMissingPart(error) || hasCode(error, "unsupported_media_type")) return [];
    throw error;
  }
}
