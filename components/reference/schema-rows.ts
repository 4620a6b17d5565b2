import type { JsonSchema } from "@/components/reference/api-reference";

/** One property of a JSON value. */
export type SchemaRow = {
  /** `items[].offer.tag`; empty for the value itself. */
  place: string;
  type: string;
  /** The named schema of the property. */
  named: string | undefined;
  required: boolean;
  description: string | undefined;
};

/** Every property of a schema, in order; named schemas are not expanded. */
export function schemaRows(schema: JsonSchema, place = "", required = true): SchemaRow[] {
  const { inner, nullable } = withoutNull(schema);
  const named = typeof inner.$ref === "string" ? lastPart(inner.$ref) : undefined;
  const description = textOf(schema.description) ?? textOf(inner.description);
  const row = {
    place,
    type: `${named ?? typeLabel(inner)}${nullable ? " or null" : ""}`,
    named,
    required,
    description,
  };
  if (named !== undefined) return [row];
  if (inner.type === "array" && isSchema(inner.items)) {
    const items = schemaRows(inner.items, `${place}[]`);
    const [first, ...rest] = items;
    return [{ ...row, type: `list of ${first?.type ?? "values"}`, named: first?.named }, ...rest];
  }
  return place === "" ? innerRows(inner, place) : [row, ...innerRows(inner, place)];
}

function innerRows({ properties, required }: JsonSchema, place: string): SchemaRow[] {
  if (!isSchema(properties)) return [];
  const needed = new Set(Array.isArray(required) ? required : []);
  const prefix = place === "" ? "" : `${place}.`;
  return Object.entries(properties).flatMap(([key, value]) =>
    isSchema(value) ? schemaRows(value, `${prefix}${key}`, needed.has(key)) : [],
  );
}

/** `string`, `one of "a", "b"`, `number from 1 to 100`. */
function typeLabel(schema: JsonSchema): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.map((one) => JSON.stringify(one)).join(", ")}`;
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) return branches.filter(isSchema).map(typeLabel).join(" or ");
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : textOf(schema.type);
  if (type === "integer" || type === "number") return `${type}${boundsOf(schema)}`;
  if (type === "string" && typeof schema.format === "string") return FORMATS[schema.format] ?? schema.format;
  return type ?? "any value";
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "time (RFC 3339)",
  date: "date",
  uuid: "UUID",
  uri: "URL",
};

function boundsOf({ minimum, maximum }: JsonSchema): string {
  const isReal = typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER;
  if (typeof minimum === "number" && isReal) return ` from ${minimum} to ${maximum}`;
  return "";
}

function withoutNull(schema: JsonSchema): { inner: JsonSchema; nullable: boolean } {
  const branches = schema.anyOf ?? schema.oneOf;
  if (!Array.isArray(branches)) return { inner: schema, nullable: false };
  const stated = branches.filter(isSchema).filter(({ type }) => type !== "null");
  const [only] = stated;
  return stated.length === 1 && only !== undefined
    ? { inner: only, nullable: true }
    : { inner: { ...schema, anyOf: stated }, nullable: stated.length < branches.length };
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function lastPart(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}
