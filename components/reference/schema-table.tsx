import { clsx } from "clsx";
import type { JsonSchema } from "@/components/reference/api-reference";
import { type SchemaRow, schemaRows } from "@/components/reference/schema-rows";

export function SchemaTable({ schema }: { schema: JsonSchema }) {
  const rows = schemaRows(schema);
  if (rows.length === 0) return null;
  return <FieldList rows={rows} />;
}

/** Said once for the list: the page has a thousand rows, each of which would be sent with its classes twice. */
const ROWS = clsx(
  "[&>div]:px-3 [&>div]:py-1.5 sm:[&>div]:grid sm:[&>div]:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] sm:[&>div]:gap-4",
  "[&_dt]:min-w-0 [&_dt]:font-mono [&_dt]:break-all [&_dd]:min-w-0 [&_dd]:break-words",
  "[&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2 [&_span]:block [&_span]:text-ink-soft",
);

export function FieldList({ rows }: { rows: readonly SchemaRow[] }) {
  return (
    <dl className={clsx("divide-y divide-line rounded-md border border-line text-sm", ROWS)}>
      {rows.map((row) => (
        <div key={row.place}>
          <dt>{row.place === "" ? "the value" : row.place}</dt>
          <dd>
            {row.named ? <a href={`#schema-${row.named}`}>{row.type}</a> : row.type}
            {row.required ? "" : ", may be absent"}
            {row.description ? <span>{row.description}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
