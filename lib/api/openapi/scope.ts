import type { Route } from "@/lib/api/route";
import type { Scope } from "@/lib/journal/actor";

/** By path under `/api/v1`; the first match wins. */
const SCOPES: readonly (readonly [RegExp, Scope])[] = [
  [/^\/submissions\/\{id\}\/decision$/, "review"],
  [/^\/submissions/, "submissions"],
  [/^\/(?:allow-list|entries)/, "allow-list"],
  [/^\/extensions\/\{repository\}\/-\/scan$/, "scan"],
  [/^\/(?:extensions|open-versions|reinspection)/, "versions"],
  [/^\/audit/, "audit:read"],
  [/^\//, "admin"],
];

/** The scope that an API token needs for the operation; undefined if it needs none. */
export function scopeOf({ access, path }: Pick<Route, "access" | "path">): Scope | undefined {
  if (access !== "actor") return undefined;
  const under = path.replace(/^\/api\/v1/, "");
  return SCOPES.find(([pattern]) => pattern.test(under))?.[1];
}
