/** A JSON array in pieces. Each item is the JSON text of one element, or of several joined by commas. */
export function jsonArray(items: readonly string[]): string[] {
  return ["[", ...items.map((item, place) => (place === 0 ? item : `,${item}`)), "]"];
}
