import type { JsonSchema } from "@/components/reference/api-reference";
import { type SchemaRow, schemaRows } from "@/components/reference/schema-rows";

export function SchemaTable({ schema }: { schema: JsonSchema }) {
  const rows = schemaRows(schema);
  if (rows.length === 0) return null;
  return <FieldList rows={rows} />;
}

/** Styled by one class on the list, because the API page has a thousand rows and each is sent twice. */
export function FieldList({ rows }: { rows: readonly SchemaRow[] }) {
  return (
    <dl className="field-list">
      {rows.map((row) => (
        <div key={row.place}>
          <dt>{row.place === "" ? "value" : row.place}</dt>
          <dd>
            {row.named ? <a href={`#schema-${row.named}`}>{row.type}</a> : row.type}
            {row.required ? "" : ", optional"}
            {row.description ? <span>{row.description}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
