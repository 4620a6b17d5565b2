/** Router: maps method and path to a route. Built once from the table; stateless. */

import type { Method, Route } from "@/lib/api/route";
import { familiarName, parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { AppError } from "@/lib/platform/errors";
import { isStorable } from "@/lib/platform/storable";

export type Match =
  | { kind: "found"; route: Route; params: Readonly<Record<string, string>> }
  /** The canonical path of the same resource, relative to this origin. */
  | { kind: "redirect"; path: string }
  /** The path exists, but not with this method. */
  | { kind: "method"; routes: readonly Route[] }
  | { kind: "none" };

export type Matcher = (method: string, path: string) => Match;

type Pattern = { template: string; regex: RegExp; names: string[]; routes: Map<Method, Route> };

/** Docker Hub's host names, which can precede a repository and are not part of its familiar name. */
const HUB_HOSTS = /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)\//i;

/**
 * `path` is the request's path as sent, without the query. `{repository}` matches any number of segments up to `/-/`;
 * every other parameter matches one. `HEAD` matches the `GET` route. The matcher throws `repository_invalid` for an
 * invalid repository name and `invalid_input` for broken percent-encoding.
 */
export function createMatcher(routes: readonly Route[]): Matcher {
  const patterns = compile(routes);
  const fixed = new Map(patterns.filter(({ names }) => names.length === 0).map((one) => [one.template, one]));
  return (method, path) => {
    const exact = fixed.get(path);
    if (exact !== undefined) return matchIn(exact, method, []);
    const isSlashed = path.length > 1 && path.endsWith("/");
    const plain = isSlashed ? path.replace(/\/+$/, "") : path;
    for (const pattern of patterns) {
      const found = pattern.regex.exec(plain);
      if (found === null) continue;
      if (isSlashed) return { kind: "redirect", path: plain };
      return matchIn(pattern, method, found.slice(1));
    }
    return { kind: "none" };
  };
}

function matchIn(pattern: Pattern, method: string, raw: readonly string[]): Match {
  const route = [...pattern.routes.values()].find(
    (one) => one.method === (method === "HEAD" ? "GET" : method),
  );
  if (route === undefined) return { kind: "method", routes: [...pattern.routes.values()] };
  const params: Record<string, string> = {};
  for (const [index, name] of pattern.names.entries()) {
    const text = decode(raw[index] ?? "");
    if (name !== "repository") {
      if (!isStorable(text)) throw brokenAddress();
      params[name] = text;
      continue;
    }
    const repository = parseRepository(text);
    if (HUB_HOSTS.test(text)) return { kind: "redirect", path: rewritten(pattern, raw, repository) };
    params[name] = familiarOnly(text, repository);
  }
  return { kind: "found", route, params };
}

function compile(routes: readonly Route[]): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (const route of routes) {
    const pattern = patterns.get(route.path) ?? patternOf(route.path);
    pattern.routes.set(route.method, route);
    patterns.set(route.path, pattern);
  }
  // Fixed paths first, so that no parameter matches a literal segment.
  return [...patterns.values()].sort((a, b) => a.names.length - b.names.length);
}

function patternOf(template: string): Pattern {
  const names: string[] = [];
  const source = template.replace(/\{(\w+)\}|[.*+?^$()|[\]\\]/g, (found, name?: string) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return name === "repository" ? "((?:(?!/-(?:/|$)).)+)" : "([^/]+)";
  });
  return { template, regex: new RegExp(`^${source}$`), names, routes: new Map() };
}

function decode(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    throw brokenAddress();
  }
}

function brokenAddress(): AppError {
  return new AppError("invalid_input", "The URL contains invalid percent-encoding or a NUL character.", {
    suggestion: "Encode each % as %25, and other characters as UTF-8.",
  });
}

function rewritten({ template, names }: Pattern, raw: readonly string[], repository: Repository): string {
  return template.replace(/\{(\w+)\}/g, (_found, name: string) =>
    name === "repository" ? familiarName(repository) : (raw[names.indexOf(name)] ?? ""),
  );
}

/** Parsing accepts what people paste, but a URL must be canonical, so that each resource has exactly one. */
function familiarOnly(text: string, repository: Repository): string {
  const familiar = familiarName(repository);
  if (text === familiar) return familiar;
  throw new AppError("not_found", "The URL does not contain the canonical name of a repository.", {
    suggestion: `Use ${familiar} instead.`,
  });
}
