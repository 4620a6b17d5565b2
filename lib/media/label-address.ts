/** The address of a label as it is fetched; `refused` (part of a sentence) where it never is. */
export type LabelAddress = { url: URL } | { refused: string };

/** Labels may hold http addresses, which are shown and not fetched. */
export function labelAddress(text: string): LabelAddress {
  const url = URL.parse(text);
  if (url === null) return { refused: "it is no address" };
  if (url.protocol !== "https:") return { refused: "only https URLs are fetched" };
  url.hash = "";
  return { url };
}

/** All that may be repeated of an address in a message: path and query may hold secrets. */
export function hostOf(text: string): string {
  return URL.parse(text)?.host ?? "–";
}
