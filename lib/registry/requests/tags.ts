import { setImmediate as nextTurn } from "node:timers/promises";
import { readBody } from "@/lib/egress/body";
import { type Repository, repositoryPath } from "@/lib/extension/reference/repository";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { CallOptions, TagList } from "@/lib/registry/client-types";
import { protocolError } from "@/lib/registry/oci/errors";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";
import { fromLines, READ_TAG_PAGE } from "@/lib/registry/requests/tag-page";
import { type Connection, entryOf, withRetries } from "@/lib/registry/transport/connection";
import { exchange, type RegistryRequest } from "@/lib/registry/transport/exchange";
import { nextPage } from "@/lib/registry/transport/link";
import type { TagPage } from "@/lib/registry/transport/page-memory";

/** Processing this many tags takes a few milliseconds. */
const TAGS_PER_TURN = 10_000;

/**
 * Lists all tags of a repository, page by page (distribution-spec, "Listing Tags"). Names that are not valid tags (some
 * registries list digests, empty texts and worse) are dropped and counted. An unreadable page fails the whole list, so
 * that a broken response never looks like deleted tags; limits and loops of pages end it with `complete: false`.
 */
export async function listTags(
  connection: Connection,
  repository: Repository,
  { signal }: CallOptions = {},
): Promise<TagList> {
  const request = tagsRequest(connection, repository, signal);
  const tags = new Set<string>();
  const visited = new Set<string>();
  let dropped = 0;
  for (let url: URL | undefined = request.url; url !== undefined; ) {
    if (visited.has(url.href) || visited.size >= REGISTRY_LIMITS.tagsPages) return result(false);
    visited.add(url.href);
    const page = await readPage({ ...request, url });
    dropped += page.dropped;
    // Yields to the event loop between parsing a large page and processing it.
    if (page.tags.length > TAGS_PER_TURN) await nextTurn();
    for (const tag of page.tags) {
      if (tags.size >= REGISTRY_LIMITS.tags && !tags.has(tag)) return result(false);
      tags.add(tag);
    }
    url = page.next;
  }
  return result(true);

  function result(complete: boolean): TagList {
    return { tags: [...tags], dropped, complete };
  }
}

function tagsRequest(
  connection: Connection,
  repository: Repository,
  signal: AbortSignal | undefined,
): RegistryRequest {
  const entry = entryOf(connection, repository);
  const path = `/v2/${repositoryPath(repository)}/tags/list?n=${REGISTRY_LIMITS.tagsPerPage}`;
  return {
    connection,
    entry,
    subject: { repository, kind: "tags" },
    signal,
    url: new URL(path, entry.origin),
    headers: { accept: "application/json" },
    maxBytes: REGISTRY_LIMITS.tagsPageBytes,
    maxRedirects: REGISTRY_LIMITS.manifestRedirects,
  };
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
    const reading = await runTask(READ_TAG_PAGE, await readBody(response), turn);
    if (reading.kind === "unusable") throw protocolError(entry, reading.why);
    const page = { tags: fromLines(reading.tags), dropped: reading.dropped, next: nextPage(response, entry) };
    connection.pages.keep(url.href, response.headers.get("etag"), page);
    return page;
  });
}
