import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import { hasCode } from "@/lib/platform/errors";
import type { CallOptions } from "@/lib/registry/client-types";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { essence, manifestKind } from "@/lib/registry/oci/media-types";
import { subjectText } from "@/lib/registry/oci/subject";
import { mismatch } from "@/lib/registry/oci/verification";
import { fetchManifest, manifestRequest, statedDigest } from "@/lib/registry/requests/manifest";
import { type Connection, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";

/** A resolved tag. The digest of a HEAD response is only the registry's claim; fetching by it verifies it. */
export type ResolvedReference = { digest: Digest; mediaType: string; sizeBytes: number };

/**
 * Resolves a reference by HEAD (distribution-spec, "Checking if content exists in the registry"). If the response lacks
 * the digest, the length or a known type, or HEAD is unsupported or refused, fetches the manifest itself: its bytes
 * give the digest, and an error response to GET has the message that HEAD cannot have.
 */
export async function resolveReference(
  connection: Connection,
  repository: Repository,
  tagOrDigest: string,
  options: CallOptions = {},
): Promise<ResolvedReference> {
  const { signal } = options;
  const request = {
    ...manifestRequest(connection, repository, tagOrDigest, signal),
    method: "HEAD" as const,
  };
  const headed = await withRetries(connection, signal, () => head(request));
  if (headed !== undefined) {
    const asked = parseDigest(tagOrDigest);
    if (asked === undefined || asked === headed.digest) return headed;
    if (sameAlgorithm(asked, headed.digest)) {
      throw mismatch(
        `The registry answered a request for ${subjectText(request.subject)} with ${headed.digest}.`,
      );
    }
  }
  const { digest, mediaType, bytes } = await fetchManifest(connection, repository, tagOrDigest, options);
  return { digest, mediaType, sizeBytes: bytes.length };
}

async function head(request: RegistryRequest): Promise<ResolvedReference | undefined> {
  try {
    const response = await exchange(request);
    await response.discard();
    const digest = statedDigest(response, request.entry);
    const mediaType = essence(response.headers.get("content-type") ?? "");
    const sizeBytes = lengthOf(response.headers.get("content-length"));
    const complete = digest !== undefined && sizeBytes !== undefined && manifestKind(mediaType) !== undefined;
    return complete ? { digest, mediaType, sizeBytes } : undefined;
  } catch (error) {
    const wordless = WORDLESS.some((code) => hasCode(error, code));
    const unsupported = hasCode(error, "registry_error") && !error.retryable;
    if (wordless || unsupported) return undefined;
    throw error;
  }
}

/** What a response to HEAD cannot explain. */
const WORDLESS = ["reference_not_found", "repository_not_found", "not_a_registry"] as const;

function lengthOf(text: string | undefined): number | undefined {
  const length = /^\d{1,10}$/.test(text ?? "") ? Number(text) : undefined;
  // Some servers answer HEAD with the length of an empty body.
  return length !== undefined && length > 0 && length <= REGISTRY_LIMITS.manifestBytes ? length : undefined;
}

function sameAlgorithm(one: Digest, other: Digest): boolean {
  return one.slice(0, 7) === other.slice(0, 7);
}
