import { extensionHref, versionHref } from "@/components/catalog/catalog-address";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";

const COLUMNS = ["Extension", "Version", "Allowed versions", "Since", "Expires"];

export function AllowListTable({ items }: { items: readonly AllowListItem[] }) {
  return (
    <Table caption="Approved versions" columns={COLUMNS}>
      {items.map((item) => (
        <TableRow key={item.repository}>
          <TableCell header className="wrap-anywhere">
            <Link href={extensionHref(item.repository, undefined)}>{item.repository}</Link>
          </TableCell>
          <TableCell label="Version">
            <Version item={item} />
          </TableCell>
          <TableCell label="Allowed versions">{trackLabel(item)}</TableCell>
          <TableCell label="Since" className="sm:whitespace-nowrap">
            <Time at={item.since} />
          </TableCell>
          <TableCell label="Expires" className="sm:whitespace-nowrap">
            {item.expiresAt ? <Time at={item.expiresAt} as="day" /> : "Never"}
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function Version({ item: { repository, tag, digest } }: { item: AllowListItem }) {
  if (tag === null || digest === null) return <>No installable version yet</>;
  return (
    <>
      <Link href={versionHref(repository, tag, undefined)}>{tag}</Link>
      <code className="block font-mono text-sm break-all text-ink-soft select-all">{digest}</code>
    </>
  );
}

function trackLabel({ track, range }: AllowListItem): string {
  switch (track) {
    case "follow":
      return "All new versions";
    case "range":
      return `Only versions ${range}`;
    case "pin":
      return "Only this version";
  }
}
