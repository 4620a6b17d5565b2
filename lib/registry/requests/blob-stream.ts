import type { GuardedResponse } from "@/lib/egress/response";
import { RETRY_TRIES } from "@/lib/egress/retry";
import { parseDigest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
import { type AppError, hasCode, isAppError } from "@/lib/platform/errors";
import type { OpenBlobOptions } from "@/lib/registry/client-types";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import { isTransient, protocolError } from "@/lib/registry/oci/errors";
import { subjectText } from "@/lib/registry/oci/subject";
import { hasDigest, hashFor, verifyHash } from "@/lib/registry/oci/verification";
import { blobRequest, missized, wrongSize } from "@/lib/registry/requests/blob";
import { type Connection, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";

/** Bytes from `start` up to, not including, `end`. */
type Span = { start: number; end: number };

/**
 * Opens a blob as a stream; see `RegistryClient.openBlob`. Reads only from the registry, never from the `urls` of a
 * descriptor. Resumes an interrupted transfer where it stopped.
 */
export async function openBlobStream(
  connection: Connection,
  repository: Repository,
  descriptor: BlobDescriptor,
  { signal, offset = 0, length = descriptor.sizeBytes }: OpenBlobOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const request = blobRequest(connection, repository, descriptor, signal);
  const start = Math.min(offset, descriptor.sizeBytes);
  const span = { start, end: Math.min(start + length, descriptor.sizeBytes) };
  const isWhole = span.start === 0 && span.end === descriptor.sizeBytes;
  const first = span.start < span.end ? await open(request, span) : undefined;
  const bytes = first === undefined ? nothing() : unbroken(request, span, first);
  return isWhole ? verified(bytes, descriptor, request) : bytes;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Resumes the span where the last transfer was interrupted, a bounded number of times. */
async function* unbroken(
  request: RegistryRequest,
  span: Span,
  first: GuardedResponse,
): AsyncGenerator<Uint8Array> {
  let position = span.start;
  let response = first;
  for (let tries = 1; ; tries += 1) {
    try {
      for await (const chunk of cut(request, response, { start: position, end: span.end })) {
        position += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      if (tries >= RETRY_TRIES || request.signal?.aborted || !isTransient(error)) throw error;
    }
    response = await open(request, { start: position, end: span.end });
  }
}

function open(request: RegistryRequest, { start, end }: Span): Promise<GuardedResponse> {
  const isWhole = start === 0 && end === request.maxBytes;
  const headers: Record<string, string> = isWhole ? {} : { range: `bytes=${start}-${end - 1}` };
  return withRetries(request.connection, request.signal, () => exchange({ ...request, headers }));
}

/** Yields exactly the requested span of a response, which can start at 0 despite a range request. */
async function* cut(
  request: RegistryRequest,
  response: GuardedResponse,
  span: Span,
): AsyncGenerator<Uint8Array> {
  const what = subjectText(request.subject);
  let position = response.status === 206 ? await rangeStart(request, response, span) : 0;
  try {
    for await (const chunk of response.body) {
      const wanted = chunk.subarray(Math.max(span.start - position, 0), Math.max(span.end - position, 0));
      position += chunk.length;
      if (wanted.length > 0) yield wanted;
      if (position >= span.end && span.end < request.maxBytes) return;
    }
  } catch (error) {
    if (!hasCode(error, "limit_exceeded")) throw error;
    throw (await excessOf(request, what)) ?? wrongSize(what, request.maxBytes);
  }
  if (position < span.end) throw wrongSize(what, request.maxBytes);
}

async function rangeStart(request: RegistryRequest, response: GuardedResponse, span: Span): Promise<number> {
  const [, start, total] =
    /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "") ?? [];
  const agrees = Number(start) === span.start && (total === "*" || Number(total) === request.maxBytes);
  if (agrees) return span.start;
  await response.discard();
  throw protocolError(request.entry, "it sent a different range of the blob than requested");
}

/** Longer content is not read a second time only to find out whose fault its length is. */
const EXCESS_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The error about the manifest, if the registry has longer content with the right digest than the manifest declares.
 * Undefined if the content is wrong, or too long to tell.
 */
async function excessOf(request: RegistryRequest, what: string): Promise<AppError | undefined> {
  const digest = parseDigest(request.subject.reference ?? "");
  if (digest === undefined) return undefined;
  try {
    const response = await exchange({ ...request, headers: {}, maxBytes: EXCESS_BYTES_MAX });
    const actualBytes = Number(response.headers.get("content-length") ?? Number.NaN);
    if (!(actualBytes <= EXCESS_BYTES_MAX)) {
      await response.discard();
      return undefined;
    }
    const hash = hashFor(digest);
    for await (const chunk of response.body) hash.update(chunk);
    return hasDigest(hash, digest) ? missized(what, request.maxBytes, actualBytes) : undefined;
  } catch (error) {
    // The first failure says enough.
    if (isAppError(error)) return undefined;
    throw error;
  }
}

async function* verified(
  bytes: AsyncIterable<Uint8Array>,
  { digest, sizeBytes }: BlobDescriptor,
  { subject }: RegistryRequest,
): AsyncGenerator<Uint8Array> {
  const what = subjectText(subject);
  const hash = hashFor(digest);
  let arrivedBytes = 0;
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      arrivedBytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    // Content that ends early and still has the digest is whole: the size in the manifest is wrong.
    const isWhole = hasCode(error, "digest_mismatch") && hasDigest(hash, digest);
    throw isWhole ? missized(what, sizeBytes, arrivedBytes) : error;
  }
  verifyHash(hash, digest, what);
}
