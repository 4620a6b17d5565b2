/** A label's URL as Gantry fetches it. `refused` (part of a sentence): why it is never fetched. */
export type LabelAddress = { url: URL } | { refused: string };

/** Labels can contain http URLs, which are shown but not fetched. */
export function labelAddress(text: string): LabelAddress {
  const url = URL.parse(text);
  if (url === null) return { refused: "it is no address" };
  if (url.protocol !== "https:") return { refused: "only https URLs are fetched" };
  url.hash = "";
  return { url };
}

/** The only part of a URL that messages can repeat: path and query can contain secrets. */
export function hostOf(text: string): string {
  return URL.parse(text)?.host ?? "–";
}
