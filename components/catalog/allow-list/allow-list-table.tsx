import { extensionHref, versionHref } from "@/components/catalog/catalog-address";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";

const COLUMNS = ["Extension", "Version", "Allowed", "Since", "Until"];

export function AllowListTable({ items }: { items: readonly AllowListItem[] }) {
  return (
    <Table caption="Allow-list" columns={COLUMNS}>
      {items.map((item) => (
        <TableRow key={item.repository}>
          <TableCell header className="wrap-anywhere">
            <Link href={extensionHref(item.repository, undefined)}>{item.repository}</Link>
          </TableCell>
          <TableCell label="Version">
            <Version item={item} />
          </TableCell>
          <TableCell label="Allowed">{trackLabel(item)}</TableCell>
          <TableCell label="Since" className="sm:whitespace-nowrap">
            <Time at={item.since} />
          </TableCell>
          <TableCell label="Until" className="sm:whitespace-nowrap">
            {item.expiresAt ? <Time at={item.expiresAt} as="day" /> : "No end"}
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function Version({ item: { repository, tag, digest } }: { item: AllowListItem }) {
  if (tag === null || digest === null) return <>Nothing installable yet</>;
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
      return "New versions as they come";
    case "range":
      return `Versions ${range}`;
    case "pin":
      return "This version only";
  }
}
