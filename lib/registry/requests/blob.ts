import { readBody } from "@/lib/egress/body";
import { type Repository, repositoryPath } from "@/lib/extension/reference/repository";
import { AppError, hasCode } from "@/lib/platform/errors";
import type { CallOptions } from "@/lib/registry/client-types";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { subjectText } from "@/lib/registry/oci/subject";
import { mismatch, verifyBytes } from "@/lib/registry/oci/verification";
import { type Connection, entryOf, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";

/**
 * Fetches a small blob whole and verifies its digest (distribution-spec, "Pulling blobs"). The digest alone proves the
 * content; a descriptor that declares another size is a fault of the manifest, for the caller to report.
 */
export async function fetchBlob(
  connection: Connection,
  repository: Repository,
  descriptor: BlobDescriptor,
  { signal }: CallOptions = {},
): Promise<Uint8Array> {
  const request = {
    ...blobRequest(connection, repository, descriptor, signal),
    maxBytes: REGISTRY_LIMITS.blobBytes,
  };
  const what = subjectText(request.subject);
  if (descriptor.sizeBytes > REGISTRY_LIMITS.blobBytes) throw tooLarge(what, descriptor.sizeBytes);
  return withRetries(connection, signal, async () => {
    const bytes = await readWhole(request, what, descriptor);
    verifyBytes(bytes, descriptor.digest, what);
    return bytes;
  });
}

/** The request for a blob. Its limit is the size that the descriptor promises. */
export function blobRequest(
  connection: Connection,
  repository: Repository,
  { digest, sizeBytes }: BlobDescriptor,
  signal: AbortSignal | undefined,
): RegistryRequest {
  const entry = entryOf(connection, repository);
  return {
    connection,
    entry,
    subject: { repository, kind: "blob", reference: digest },
    signal,
    url: new URL(`/v2/${repositoryPath(repository)}/blobs/${digest}`, entry.origin),
    maxBytes: sizeBytes,
    maxRedirects: REGISTRY_LIMITS.blobRedirects,
  };
}

export function wrongSize(what: string, sizeBytes: number): AppError {
  return mismatch(`${what} does not have the ${sizeBytes} bytes that its manifest declares.`);
}

/** The bytes have the digest, so only the size in the manifest can be wrong. containerd refuses such a blob. */
export function missized(what: string, declaredBytes: number, actualBytes: number): AppError {
  return new AppError(
    "registry_protocol",
    `The manifest declares ${declaredBytes} bytes for ${what}, but it has ${actualBytes}.`,
    { suggestion: "Push the image again with a current tool (docker buildx, buildah, skopeo)." },
  );
}

async function readWhole(
  request: RegistryRequest,
  what: string,
  { sizeBytes }: BlobDescriptor,
): Promise<Uint8Array> {
  const response = await exchange(request);
  try {
    return await readBody(response);
  } catch (error) {
    throw hasCode(error, "limit_exceeded") ? wrongSize(what, sizeBytes) : error;
  }
}

function tooLarge(what: string, sizeBytes: number): AppError {
  return new AppError(
    "limit_exceeded",
    `${what} has ${sizeBytes} bytes. The limit is ${REGISTRY_LIMITS.blobBytes}.`,
    { suggestion: "An image config has a few kilobytes. Build the image again with a current tool." },
  );
}
