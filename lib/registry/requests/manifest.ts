import { readBody } from "@/lib/egress/body";
import type { GuardedResponse } from "@/lib/egress/response";
import { type Digest, isDigest, parseDigest } from "@/lib/extension/reference/digest";
import { type Repository, repositoryPath } from "@/lib/extension/reference/repository";
import { isTag } from "@/lib/extension/reference/tag";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError, hasCode } from "@/lib/platform/errors";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { Turn } from "@/lib/platform/workers/worker-pool";
import type { CallOptions } from "@/lib/registry/client-types";
import { protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { type ManifestDocument, READ_MANIFEST } from "@/lib/registry/oci/manifest-document";
import { ACCEPT_MANIFESTS, essence, isContentType } from "@/lib/registry/oci/media-types";
import { subjectText } from "@/lib/registry/oci/subject";
import { sha256Digest, verifyBytes } from "@/lib/registry/oci/verification";
import type { RegistryEntry } from "@/lib/registry/registries";
import { type Connection, entryOf, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";

/** A manifest or index whose bytes match `digest`. */
export type FetchedManifest = {
  digest: Digest;
  mediaType: string;
  bytes: Uint8Array;
  document: ManifestDocument;
  /** The `Content-Type` header as sent, empty if absent; undefined if no registry sent the bytes. */
  contentType?: string;
};

/**
 * Fetches and verifies a manifest or index (distribution-spec, "Pulling manifests"). When requested by digest, the
 * bytes must match it. When requested by tag, they must match the registry's `Docker-Content-Digest`; without that
 * header, the digest is their SHA-256.
 */
export async function fetchManifest(
  connection: Connection,
  repository: Repository,
  tagOrDigest: string,
  { signal }: CallOptions = {},
): Promise<FetchedManifest> {
  const request = manifestRequest(connection, repository, tagOrDigest, signal);
  const what = subjectText(request.subject);
  return withRetries(connection, signal, async () => {
    const response = await exchange(request);
    const bytes = await readBody(response);
    const digest = verifiedDigest(bytes, tagOrDigest, response, request);
    const contentType = response.headers.get("content-type") ?? "";
    try {
      const document = { bytes, contentType: essence(contentType), what };
      const parsed = await parseVerified(document, digest, { priority: connection.priority, signal });
      connection.withApi.add(request.entry.origin);
      return { digest, bytes, contentType, ...parsed };
    } catch (error) {
      throw isDigest(tagOrDigest) ? error : inWordsOf(error, contentType, request.entry);
    }
  });
}

/**
 * Under a type of no content, a sign-in page or a proxy's error says nothing about the image. Bytes that were requested
 * by digest are the image's own, whatever their type.
 */
function inWordsOf(error: unknown, contentType: string, entry: RegistryEntry): unknown {
  if (!hasCode(error, "registry_protocol") || isContentType(essence(contentType))) return error;
  const header =
    contentType === "" ? "no Content-Type" : `the Content-Type ${quoted(contentType.slice(0, 100))}`;
  return new AppError("registry_content_type", `${entry.host} sent ${header} and no manifest.`, {
    suggestion:
      "The image is fine. Ask the registry's operator what answers in its place, such as a sign-in page.",
    retryable: true,
    details: { host: entry.host, contentType: contentType.slice(0, 100) },
    cause: error,
  });
}

/** Content that is not a container image still has a digest: `details.digest`. */
async function parseVerified(
  document: { bytes: Uint8Array; contentType: string; what: string },
  digest: Digest,
  turn: Turn,
) {
  try {
    return await runTask(READ_MANIFEST, document, turn);
  } catch (error) {
    if (!hasCode(error, "unsupported_media_type")) throw error;
    const { code, message, suggestion, details } = error;
    throw new AppError(code, message, { suggestion, details: { ...details, digest }, cause: error });
  }
}

/**
 * The request for a manifest; the default method is `GET`. Throws `reference_invalid` for anything but a tag or digest.
 */
export function manifestRequest(
  connection: Connection,
  repository: Repository,
  tagOrDigest: string,
  signal: AbortSignal | undefined,
): RegistryRequest {
  if (!isTag(tagOrDigest) && !isDigest(tagOrDigest)) {
    throw new AppError("reference_invalid", "A manifest reference is a tag or a sha256 or sha512 digest.", {
      suggestion: "Use a tag such as 1.0.0, or the full digest.",
    });
  }
  const entry = entryOf(connection, repository);
  return {
    connection,
    entry,
    subject: { repository, kind: "manifest", reference: tagOrDigest },
    signal,
    url: new URL(`/v2/${repositoryPath(repository)}/manifests/${tagOrDigest}`, entry.origin),
    headers: { accept: ACCEPT_MANIFESTS },
    maxBytes: REGISTRY_LIMITS.manifestBytes,
    maxRedirects: REGISTRY_LIMITS.manifestRedirects,
  };
}

/** `Docker-Content-Digest`, if sent. Throws `registry_protocol` if it is not a verifiable digest. */
export function statedDigest(response: GuardedResponse, entry: RegistryEntry): Digest | undefined {
  const text = response.headers.get("docker-content-digest")?.trim() ?? "";
  const digest = parseDigest(text);
  if (text !== "" && digest === undefined)
    throw protocolError(entry, "its Docker-Content-Digest is not a digest");
  return digest;
}

function verifiedDigest(
  bytes: Uint8Array,
  tagOrDigest: string,
  response: GuardedResponse,
  { entry, subject }: RegistryRequest,
): Digest {
  const asked = parseDigest(tagOrDigest);
  const stated = statedDigest(response, entry);
  for (const digest of [asked, stated])
    if (digest !== undefined) verifyBytes(bytes, digest, subjectText(subject));
  return asked ?? stated ?? sha256Digest(bytes);
}
