import { clsx } from "clsx";
import type { ReactNode } from "react";

type TableProps = {
  /** Read by screen readers before the table. */
  caption: string;
  columns: readonly string[];
  children: ReactNode;
};

/**
 * A table; on a small screen each row is a card. The explicit roles are required because browsers drop them when a table
 * is laid out as blocks.
 */
export function Table({ caption, columns, children }: TableProps) {
  return (
    <div className="card-table overflow-x-auto rounded-lg border border-line bg-surface">
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <table role="table" className="w-full">
        <caption className="sr-only">{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            {columns.map((column) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <th key={column} role="columnheader" scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

type TableRowProps = { id?: string; className?: string; children: ReactNode };

export function TableRow({ id, className, children }: TableRowProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <tr id={id} role="row" className={className}>
      {children}
    </tr>
  );
}

type TableCellProps = {
  /** The column's name, shown beside the cell on a small screen. */
  label?: string;
  /** The cell that names its row. */
  header?: boolean;
  className?: string;
  children: ReactNode;
};

export function TableCell({ label, header = false, className, children }: TableCellProps) {
  if (header) {
    return (
      // biome-ignore lint/a11y/noRedundantRoles: see above
      <th scope="row" role="rowheader" className={clsx("min-w-0 font-medium", className)}>
        {children}
      </th>
    );
  }
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <td role="cell" data-label={label} className={clsx("min-w-0", className)}>
      <div className="min-w-0 break-words">{children}</div>
    </td>
  );
}
