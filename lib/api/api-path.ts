/** The paths that are the API's; all others are pages. */

const FOLDERS = ["/api/v1", "/v2/extensions"];
const FILES = new Set(["/feed.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]);

/** `url` as in the request line, with its query. */
export function isApiPath(url: string): boolean {
  return FOLDERS.some((folder) => isWithin(url, folder)) || FILES.has(url.split("?", 1)[0] ?? "");
}

function isWithin(url: string, folder: string): boolean {
  if (!url.startsWith(folder)) return false;
  const next = url.charAt(folder.length);
  return next === "/" || next === "" || next === "?";
}
