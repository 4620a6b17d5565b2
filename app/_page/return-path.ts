/** A base URL that only serves to resolve paths. */
const HERE = "http://here.invalid";

/** Open-redirect protection: `next` if it is a path of this site, otherwise the home page. */
export function returnPath(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes("\\")) return "/";
  const url = URL.parse(next, HERE);
  if (url === null || url.origin !== HERE) return "/";
  // Resolving can bring two slashes to the front (`/.//host`), which a browser reads as another site.
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith("//") ? "/" : path;
}
