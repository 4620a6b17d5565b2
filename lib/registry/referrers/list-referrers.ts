import { readBody } from "@/lib/egress/body";
import type { GuardedResponse } from "@/lib/egress/response";
import type { Digest } from "@/lib/extension/reference/digest";
import { type Repository, repositoryPath } from "@/lib/extension/reference/repository";
import { type AppError, hasCode } from "@/lib/platform/errors";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { ReferrerList, ReferrersOptions } from "@/lib/registry/client-types";
import { protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { ACCEPT_INDEX, essence } from "@/lib/registry/oci/media-types";
import { collectReferrers } from "@/lib/registry/referrers/referrer-collection";
import {
  READ_REFERRERS,
  type ReferrersDocument,
  type ReferrersReading,
} from "@/lib/registry/referrers/referrers-document";
import { manifestRequest } from "@/lib/registry/requests/manifest";
import { type Connection, entryOf, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";
import { nextPage } from "@/lib/registry/transport/link";

/**
 * Lists the referrers of a manifest (distribution-spec, "Listing Referrers"), page by page with the rules for tag
 * pages. If the registry lacks that endpoint, the index tagged `sha256-<hex>` takes its place ("Referrers Tag Schema");
 * without such a tag there are no referrers.
 */
export async function listReferrers(
  connection: Connection,
  repository: Repository,
  digest: Digest,
  options: ReferrersOptions = {},
): Promise<ReferrerList> {
  const collected = collectReferrers(digest, options);
  const request = referrersRequest(connection, repository, digest, options);
  const visited = new Set<string>();
  const collect = ({ referrers, isFull }: Found) => collected.addPage(referrers, isFull);
  const readFallback = async () => {
    collect(await readFallbackTag(connection, repository, digest, options));
    return collected.list(!collected.isFull());
  };
  if (connection.withoutReferrers.has(request.entry.origin)) return readFallback();
  for (let url: URL | undefined = request.url; url !== undefined; ) {
    if (visited.has(url.href) || visited.size >= REGISTRY_LIMITS.referrersPages) return collected.list(false);
    visited.add(url.href);
    const page = await readPage({ ...request, url }, digest, options);
    if (page === "not_found") return visited.size > 1 ? collected.list(false) : readFallback();
    collect(page);
    if (collected.isFull()) return collected.list(false);
    url = page.next;
  }
  return collected.list(!collected.isFull());
}

function referrersRequest(
  connection: Connection,
  repository: Repository,
  digest: Digest,
  { artifactType, signal }: ReferrersOptions,
): RegistryRequest {
  const entry = entryOf(connection, repository);
  const url = new URL(`/v2/${repositoryPath(repository)}/referrers/${digest}`, entry.origin);
  if (artifactType !== undefined) url.searchParams.set("artifactType", artifactType);
  return {
    connection,
    entry,
    subject: { repository, kind: "referrers", reference: digest },
    signal,
    url,
    headers: { accept: ACCEPT_INDEX },
    maxBytes: REGISTRY_LIMITS.manifestBytes,
    maxRedirects: REGISTRY_LIMITS.manifestRedirects,
  };
}

type Found = Omit<Extract<ReferrersReading, { kind: "read" }>, "kind">;
type Page = Found & { next: URL | undefined };

async function readPage(
  request: RegistryRequest,
  subject: Digest,
  wanted: ReferrersOptions,
): Promise<Page | "not_found"> {
  const { connection, entry } = request;
  return withRetries(connection, request.signal, async () => {
    const response = await answerOf(request);
    if (response === "not_found") return response;
    if (response === "no_endpoint" || !mayBeIndex(response)) {
      if (response !== "no_endpoint") await response.discard();
      connection.withoutReferrers.add(entry.origin);
      return "not_found";
    }
    const filtered = /(?:^|[\s,])artifactType(?:$|[\s,])/.test(
      response.headers.all("oci-filters-applied").join(","),
    );
    const found = await readDocument(request, {
      bytes: await readBody(response),
      subject,
      filtered,
      ...wanted,
    });
    return { ...found, next: nextPage(response, entry) };
  });
}

/** Throws `registry_protocol` if the response is not a list of referrers. */
async function readDocument(
  { connection, entry, signal }: RegistryRequest,
  { bytes, subject, filtered, artifactType, limit }: ReferrersDocument,
): Promise<Found> {
  const document = { bytes, subject, filtered, artifactType, limit };
  const reading = await runTask(READ_REFERRERS, document, { priority: connection.priority, signal });
  if (reading.kind === "unusable") throw protocolError(entry, reading.why);
  return reading;
}

/** Registries without the endpoint respond with anything from 404 to the start page of their own console. */
const UNKNOWN_ENDPOINT = [400, 405, 406, 501];

async function answerOf(request: RegistryRequest): Promise<GuardedResponse | "not_found" | "no_endpoint"> {
  try {
    return await exchange(request);
  } catch (error) {
    // A registry that uses the specification's error code knows the endpoint.
    if (isNotFound(error)) return error.details?.codes === undefined ? "no_endpoint" : "not_found";
    const status = hasCode(error, "registry_error") ? Number(error.details?.status) : 0;
    if (UNKNOWN_ENDPOINT.includes(status)) return "no_endpoint";
    throw error;
  }
}

function mayBeIndex({ headers }: GuardedResponse): boolean {
  return ["", "application/json", ACCEPT_INDEX].includes(essence(headers.get("content-type") ?? ""));
}

/** The tag of the fallback index, with its parts truncated to the lengths that a tag permits. */
function fallbackTag(digest: Digest): string {
  const [algorithm = "", hex = ""] = digest.split(":");
  return `${algorithm}-${hex.slice(0, 64)}`;
}

async function readFallbackTag(
  connection: Connection,
  repository: Repository,
  digest: Digest,
  wanted: ReferrersOptions,
): Promise<Found> {
  const { signal } = wanted;
  const request = manifestRequest(connection, repository, fallbackTag(digest), signal);
  return withRetries(connection, signal, async () => {
    try {
      const response = await exchange(request);
      const bytes = await readBody(response);
      return await readDocument(request, { bytes, subject: digest, filtered: false, ...wanted });
    } catch (error) {
      if (isNotFound(error)) return { referrers: [], isFull: false };
      throw error;
    }
  });
}

function isNotFound(error: unknown): error is AppError {
  return hasCode(error, "reference_not_found") || hasCode(error, "repository_not_found");
}
