/**
 * Whether `If-None-Match` names this representation (RFC 9110, section 13.1.2): `*`, or a list in which one tag is
 * equal by weak comparison. Malformed lists match nothing.
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  const trimmed = header.trim();
  if (trimmed === "*") return true;
  const strong = withoutWeakness(etag);
  for (const [tag] of trimmed.matchAll(ENTITY_TAG)) {
    if (withoutWeakness(tag) === strong) return true;
  }
  return false;
}

/** An opaque tag can contain commas and spaces, so the list cannot be split at commas. */
const ENTITY_TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

function withoutWeakness(etag: string): string {
  return etag.startsWith("W/") ? etag.slice(2) : etag;
}
