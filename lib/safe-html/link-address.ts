const LINK_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const SHOWN_CHARACTERS = 60;

/** The absolute address of a link; undefined for relative ones, which would point into this site, and other schemes. */
export function linkAddress(address: unknown): URL | undefined {
  if (typeof address !== "string") return undefined;
  const text = address.trim();
  const url = URL.parse(text.startsWith("//") ? `https:${text}` : text);
  return url !== null && LINK_PROTOCOLS.has(url.protocol) ? url : undefined;
}

/** An address as the words of a link that has no others. */
export function addressWords(url: URL): string {
  const words = url.protocol === "mailto:" ? url.pathname : `${url.host}${url.pathname}`.replace(/\/$/, "");
  return words.length > SHOWN_CHARACTERS ? `${words.slice(0, SHOWN_CHARACTERS)}…` : words || url.href;
}
