/** The shape of JSON values as sorted lines, one for each place: `getOffer .reason.code: string`. */
export function shapeLines(name: string, values: readonly unknown[]): string[] {
  const types = new Map<string, Set<string>>();
  for (const value of values) note(value, "", types);
  return [...types].map(([place, found]) => `${name} ${place || "."}: ${[...found].sort().join("|")}`).sort();
}

function note(value: unknown, place: string, types: Map<string, Set<string>>): void {
  const found = types.get(place) ?? new Set();
  types.set(place, found.add(typeName(value)));
  if (Array.isArray(value)) for (const item of value) note(item, `${place}[]`, types);
  else if (typeof value === "object" && value !== null) {
    // Labels and evidence are named by publishers and findings; their names are no part of the contract.
    const isOpen = /(?:\.labels|\.Labels|\.evidence)$/.test(place);
    for (const [key, inner] of Object.entries(value)) note(inner, `${place}.${isOpen ? "*" : key}`, types);
  }
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
