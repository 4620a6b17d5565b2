/** JSON with sorted keys, omitting `null`, `false`, `""`, empty lists and empty objects from objects. */
export function plainText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plainText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .map(([key, field]): [string, string] => [key, plainText(field)])
    .filter(([, text]) => !EMPTY.has(text))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}

const EMPTY = new Set(["null", "false", '""', "[]", "{}"]);
