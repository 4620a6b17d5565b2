/** A place that only serves for resolving. */
const HERE = "http://here.invalid";

/** Where to go after signing in: `next` when it is a path of this site, else the home page. Never another site. */
export function returnPath(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes("\\")) return "/";
  const url = URL.parse(next, HERE);
  if (url === null || url.origin !== HERE) return "/";
  // Resolving can bring two slashes to the front (`/.//host`), which a browser reads as another site.
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") ? "/" : path;
}
