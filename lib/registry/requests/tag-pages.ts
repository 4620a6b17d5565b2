import { readBody } from "@/lib/egress/body";
import { type Repository, repositoryPath } from "@/lib/extension/reference/repository";
import { hasCode } from "@/lib/platform/errors";
import { runTask } from "@/lib/platform/threads/task-threads";
import { protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { requireNoWebPage } from "@/lib/registry/oci/not-a-registry";
import type { SizedPage } from "@/lib/registry/requests/tag-list-end";
import { fromLines, READ_TAG_PAGE } from "@/lib/registry/requests/tag-page";
import { type Connection, entryOf, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";
import { nextTagPage } from "@/lib/registry/transport/link";
import type { TagPage } from "@/lib/registry/transport/page-memory";

/** Names after `last`, at most `n`. */
export type PageQuery = { n: number; last?: string };

/** The pages of one repository's tag list. */
export type TagPages = {
  url(query: PageQuery): URL;
  read(url: URL): Promise<SizedPage>;
};

export function tagPages(
  connection: Connection,
  repository: Repository,
  signal: AbortSignal | undefined,
): TagPages {
  const entry = entryOf(connection, repository);
  const first = new URL(`/v2/${repositoryPath(repository)}/tags/list`, entry.origin);
  const { withoutPageSize } = connection;
  const read = (url: URL) =>
    readPage({
      connection,
      entry,
      subject: { repository, kind: "tags" },
      signal,
      url,
      headers: { accept: "application/json" },
      maxBytes: REGISTRY_LIMITS.tagsPageBytes,
      maxRedirects: REGISTRY_LIMITS.manifestRedirects,
    });
  return {
    url({ n, last }) {
      const url = new URL(first);
      url.searchParams.set("n", String(n));
      if (last !== undefined) url.searchParams.set("last", last);
      return url;
    },
    async read(url) {
      const bare = withoutSize(url);
      if (bare === undefined || withoutPageSize.has(entry.origin))
        return { ...(await read(bare ?? url)), n: undefined };
      try {
        return { ...(await read(url)), n: Number(url.searchParams.get("n")) };
      } catch (error) {
        if (!mayRefuseSize(error)) throw error;
        // If the page size was not the reason, the request fails without it as well.
        const page = await read(bare);
        withoutPageSize.add(entry.origin);
        return { ...page, n: undefined };
      }
    },
  };
}

function withoutSize(url: URL): URL | undefined {
  if (!url.searchParams.has("n")) return undefined;
  const bare = new URL(url);
  bare.searchParams.delete("n");
  return bare;
}

/** Registries with a maximum page size refuse a larger one (`PAGINATION_NUMBER_INVALID`) instead of sending less. */
function mayRefuseSize(error: unknown): boolean {
  const isRefusal =
    hasCode(error, "registry_error") || (hasCode(error, "not_a_registry") && error.details?.asked === "tags");
  return isRefusal && [400, 416, 422].includes(Number(error.details?.status));
}

/** Fetches the page, or revalidates the cached one (`ETag`, 304) without transferring a body. */
function readPage(request: RegistryRequest): Promise<TagPage> {
  const { connection, entry, url, headers } = request;
  const known = connection.pages.get(url.href);
  const asked: RegistryRequest =
    known === undefined
      ? request
      : { ...request, headers: { ...headers, "if-none-match": known.etag }, mayBeUnchanged: true };
  return withRetries(connection, request.signal, async () => {
    const response = await exchange(asked);
    if (response.status === 304 && known !== undefined) {
      await response.discard();
      return known.page;
    }
    const turn = { priority: connection.priority, signal: request.signal };
    const bytes = await readBody(response);
    requireNoWebPage(bytes, response, request);
    const reading = await runTask(READ_TAG_PAGE, bytes, turn);
    if (reading.kind === "unusable") throw protocolError(entry, reading.why);
    connection.withApi.add(entry.origin);
    const { dropped, last } = reading;
    const page = { tags: fromLines(reading.tags), dropped, last, next: nextTagPage(response, url) };
    connection.pages.keep(url.href, response.headers.get("etag"), page);
    return page;
  });
}
