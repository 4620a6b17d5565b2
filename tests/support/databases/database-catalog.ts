import type pg from "pg";

/** What a database is made of, as sorted lines that can be compared between databases and engines. */
export type DatabaseCatalog = {
  columns: string[];
  constraints: string[];
  indexes: string[];
  triggers: string[];
  enums: string[];
};

const OURS = `n.nspname = 'public' AND c.relname <> '_prisma_migrations'`;

const QUERIES: Record<keyof DatabaseCatalog, string> = {
  columns: `
    SELECT format('%I.%I %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
      coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE ${OURS} AND a.attnum > 0 AND NOT a.attisdropped`,
  // PostgreSQL 18 lists NOT NULL here too; the columns say it already.
  constraints: `
    SELECT format('%I.%I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND k.contype <> 'n'`,
  indexes: `
    SELECT pg_get_indexdef(i.indexrelid) AS line
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS}`,
  triggers: `
    SELECT pg_get_triggerdef(t.oid) AS line
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS} AND NOT t.tgisinternal`,
  enums: `
    SELECT format('%I %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) AS line
    FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
    GROUP BY t.typname`,
};

export async function readCatalog(pool: pg.Pool): Promise<DatabaseCatalog> {
  const lines = async (part: keyof DatabaseCatalog) =>
    (await pool.query<{ line: string }>(QUERIES[part])).rows.map(({ line }) => line).sort();
  return {
    columns: await lines("columns"),
    constraints: await lines("constraints"),
    indexes: await lines("indexes"),
    triggers: await lines("triggers"),
    enums: await lines("enums"),
  };
}
