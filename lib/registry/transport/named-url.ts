/**
 * Parses a URL that a registry names in `Location`, `Link` or a realm, and repairs two mistakes of registries behind
 * proxies: repeated slashes in the path, and plain HTTP on the very host that `reached` contacted over https. `base`
 * resolves relative references. Undefined if it is not a URL.
 */
export function namedUrl(text: string, reached: URL, base?: URL): URL | undefined {
  // `//v2/…` is a path that got a slash too many: no registry's host is called v2.
  const reference = base === undefined ? text : text.replace(/^\s*\/{2,}(?=v2\/)/, "/");
  const url = URL.parse(reference, base);
  if (url === null) return undefined;
  url.hash = "";
  return withSingleSlashes(overHttps(url, reached), reached);
}

/** The port of the registry, or none at all, which is what a proxy that ends TLS leaves. */
function overHttps(url: URL, reached: URL): URL {
  const sameHost = url.hostname === reached.hostname && ["", reached.port || "443"].includes(url.port);
  if (url.protocol !== "http:" || reached.protocol !== "https:" || !sameHost) return url;
  const secure = new URL(url);
  secure.protocol = "https:";
  secure.port = reached.port;
  return secure;
}

/** Leaves other hosts' URLs with a query as they are, because a storage service signs the path with the query. */
function withSingleSlashes(url: URL, reached: URL): URL {
  const pathname = url.pathname.replace(/\/{2,}/g, "/");
  const isSigned = url.origin !== reached.origin && url.search !== "" && !pathname.startsWith("/v2/");
  if (pathname === url.pathname || isSigned) return url;
  const tidy = new URL(url);
  tidy.pathname = pathname;
  return tidy;
}
