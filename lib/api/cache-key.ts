import type { ApiAnswer } from "@/lib/api/answers/answer";
import { readQuery } from "@/lib/api/requests/input";
import type { ApiRequest, Route } from "@/lib/api/route";

/** The cache key: only a canonical URL has one, because variants of the same request would fill the cache. */
export function cacheKeyOf(answer: ApiAnswer, route: Route, request: ApiRequest): string | undefined {
  if (answer.kind !== "stored" || route.access !== "public" || request.path.includes("%")) return undefined;
  if (request.query === undefined) return request.path;
  if (answer.bounded !== true || !isCanonical(request.query, readQuery(route, request.query)))
    return undefined;
  return `${request.path}?${request.query}`;
}

/** Whether the query is sorted and each value has its canonical spelling. */
function isCanonical(query: URLSearchParams, read: unknown): boolean {
  const sorted = new URLSearchParams(query);
  sorted.sort();
  const values = new Map(typeof read === "object" && read !== null ? Object.entries(read) : []);
  return (
    `${sorted}` === `${query}` && [...query].every(([name, value]) => String(values.get(name)) === value)
  );
}
