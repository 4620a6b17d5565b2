import { type Answer, type Call, jsonBody } from "@/scripts/demo/registry/answer";
import { digestOf } from "@/scripts/demo/registry/content";
import { RegistryError } from "@/scripts/demo/registry/errors";

/** distribution-spec, "Listing Tags": in lexical order, paged with `n` and `last`, with the next page in `Link`. */
export function answerTags(call: Call): Answer {
  const answer = listTags(call);
  const etag = `"${digestOf(answer.body ?? Buffer.alloc(0))}"`;
  const headers = { ...answer.headers, etag };
  // RFC 9110, 13.1.2: the client already has this page.
  if (call.request.headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
  return { ...answer, headers };
}

function listTags({ method, store, name, query, limits }: Call): Answer {
  if (method !== "GET" && method !== "HEAD") throw new RegistryError("UNSUPPORTED", "tags are only listed");
  if (!store.has(name)) throw new RegistryError("NAME_UNKNOWN", "repository name not known to registry");
  const last = query.get("last");
  const following = store.tags(name).filter((tag) => last === null || tag > last);
  const size = pageSize(query.get("n"), limits.tagsPerPage);
  const tags = following.slice(0, size);
  const { headers, body } = jsonBody({ name, tags });
  const end = tags.at(-1);
  if (end === undefined || tags.length === following.length) return { status: 200, headers, body };
  const next = `/v2/${name}/tags/list?n=${size}&last=${encodeURIComponent(end)}`;
  return { status: 200, headers: { ...headers, link: `<${next}>; rel="next"` }, body };
}

function pageSize(text: string | null, most: number): number {
  if (text === null) return most;
  if (!/^\d{1,9}$/.test(text)) throw new RegistryError("UNSUPPORTED", "n must be a number", 400);
  return Math.min(Number(text), most);
}
