import type { JsonSchema } from "@/components/reference/api-reference";
import { type SchemaRow, schemaRows } from "@/components/reference/schema-rows";

export function SchemaTable({ schema }: { schema: JsonSchema }) {
  const rows = schemaRows(schema);
  if (rows.length === 0) return null;
  return <FieldList rows={rows} />;
}

export function FieldList({ rows }: { rows: readonly SchemaRow[] }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line text-sm">
      {rows.map((row) => (
        <div
          key={row.place}
          className="px-3 py-1.5 sm:grid sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:gap-4"
        >
          <dt className="min-w-0 font-mono break-all">{row.place === "" ? "the value" : row.place}</dt>
          <dd className="min-w-0 break-words">
            {row.named ? (
              <a href={`#schema-${row.named}`} className="text-accent underline underline-offset-2">
                {row.type}
              </a>
            ) : (
              row.type
            )}
            {row.required ? "" : ", may be absent"}
            {row.description ? <span className="block text-ink-soft">{row.description}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
