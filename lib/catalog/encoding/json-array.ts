/** A JSON array in pieces, of items that are JSON texts: one each, or several with commas between them. */
export function jsonArray(items: readonly string[]): string[] {
  return ["[", ...items.map((item, place) => (place === 0 ? item : `,${item}`)), "]"];
}
