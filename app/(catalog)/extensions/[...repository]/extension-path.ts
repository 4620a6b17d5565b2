/** Paths below `/extensions/`: a familiar repository name with slashes, then optionally `/-/` and a subpage. */

export type ExtensionPath =
  | { kind: "extension"; repository: string }
  | { kind: "version"; repository: string; tag: string };

/** Undefined if no page has this path. `segments` are still percent-encoded, as the browser sent them. */
export function parseExtensionPath(segments: readonly string[]): ExtensionPath | undefined {
  const parts = segments.map(decoded);
  if (parts.some((part) => part === undefined || part === "")) return undefined;
  const end = parts.indexOf("-");
  const repository = parts.slice(0, end === -1 ? undefined : end).join("/");
  if (repository === "") return undefined;
  if (end === -1) return { kind: "extension", repository };
  const [page, tag, ...more] = parts.slice(end + 1);
  if (page !== "versions" || tag === undefined || more.length > 0) return undefined;
  return { kind: "version", repository, tag };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
