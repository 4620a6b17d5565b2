/** What the URL of a web page or deep link says about an image; `name` is not validated yet. */
export type LinkedImage = { name: string; tag?: string };

type PageReader = (url: URL, segments: string[]) => LinkedImage | undefined;

/** Hosts of pages that show an image. */
const PAGES = new Map<string, PageReader>([
  ["hub.docker.com", hubPage],
  ["www.hub.docker.com", hubPage],
  ["open.docker.com", extensionLink],
  ["quay.io", quayPage],
  ["github.com", githubPage],
]);

/** Whether `url` is a page about images rather than the URL of a registry. */
export function isImagePage(url: URL): boolean {
  return PAGES.has(url.hostname) && !(url.hostname === "quay.io" && !url.pathname.startsWith("/repository/"));
}

/** The image in a page's URL, or undefined. */
export function imageOfPage(url: URL): LinkedImage | undefined {
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  return PAGES.get(url.hostname)?.(url, segments);
}

/** The image in `…?extensionId=acme/disk-lens&tag=1.0.0`, as in open.docker.com and docker-desktop:// links. */
export function extensionLink(url: URL): LinkedImage | undefined {
  const name = url.searchParams.get("extensionId");
  return name === null || name === "" ? undefined : linked(name, url.searchParams.get("tag"));
}

/** hub.docker.com: /r/ns/repo, /extensions/ns/repo, /layers/ns/repo/tag/…, /repository/docker/ns/repo, /_/repo. */
function hubPage(url: URL, segments: string[]): LinkedImage | undefined {
  const [section, first, second, third] = segments;
  switch (section) {
    case "_":
      return first === undefined ? undefined : linked(first, null);
    case "r":
    case "extensions":
      if (first === "marketplace") return extensionLink(url);
      return pair(first, second, url.searchParams.get("tag"));
    case "layers":
      return pair(first, second, third ?? null);
    case "repository":
    case "repositories":
      return first === "docker" ? pair(second, third, null) : pair(first, second, null);
    default:
      return undefined;
  }
}

/** quay.io/repository/ns/repo */
function quayPage(_url: URL, segments: string[]): LinkedImage | undefined {
  const [, namespace, repository] = segments;
  return pair(namespace === undefined ? undefined : `quay.io/${namespace}`, repository, null);
}

/** github.com/acme/source/pkgs/container/disk-lens and github.com/orgs/acme/packages/container/package/disk-lens */
function githubPage(_url: URL, segments: string[]): LinkedImage | undefined {
  const owner = segments[0] === "orgs" || segments[0] === "users" ? segments[1] : segments[0];
  const container = segments.indexOf("container");
  const isPackage = container > 0 && ["pkgs", "packages"].includes(segments[container - 1] ?? "");
  const next = segments[container + 1];
  const name = next === "package" ? segments[container + 2] : next;
  return isPackage && owner !== undefined ? pair(`ghcr.io/${owner}`, decoded(name), null) : undefined;
}

function pair(
  first: string | undefined,
  second: string | undefined,
  tag: string | null,
): LinkedImage | undefined {
  return first === undefined || second === undefined ? undefined : linked(`${first}/${second}`, tag);
}

function linked(name: string, tag: string | null): LinkedImage {
  return tag === null || tag === "" ? { name } : { name, tag };
}

function decoded(segment: string | undefined): string | undefined {
  return segment?.replaceAll(/%2f/gi, "/");
}
