import { trackLabel } from "@/components/admin/entries/entry-labels";
import { EntryStateBadge } from "@/components/admin/entries/entry-state";
import { entryHref } from "@/components/admin/entry-address";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { EntrySummary } from "@/lib/marketplace/entries/entry-view";

const COLUMNS = ["Extension", "State", "Allowed versions", "Versions", "Expires", "Last scan"];

export function EntryTable({ entries }: { entries: readonly EntrySummary[] }) {
  return (
    <Table caption="Entries" columns={COLUMNS}>
      {entries.map((entry) => (
        <TableRow key={entry.repository}>
          <TableCell header className="break-words">
            <Link href={entryHref(entry.repository)}>
              <bdi>{entry.title ?? entry.repository}</bdi>
            </Link>
            <span className="block text-sm font-normal break-all text-ink-soft">{entry.repository}</span>
          </TableCell>
          <TableCell label="State">
            <EntryStateBadge state={entry.state} />
          </TableCell>
          <TableCell label="Allowed versions">{trackLabel(entry)}</TableCell>
          <TableCell label="Versions">
            <VersionCounts {...entry.versions} />
          </TableCell>
          <TableCell label="Expires" className="sm:whitespace-nowrap">
            {entry.expiresAt ? <Time at={entry.expiresAt} as="day" /> : "Never"}
          </TableCell>
          <TableCell label="Last scan" className="sm:whitespace-nowrap">
            {entry.lastScanAt ? <Time at={entry.lastScanAt} /> : "Not yet"}
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function VersionCounts({ listed, held, moved }: EntrySummary["versions"]) {
  return (
    <span className="flex flex-wrap gap-1.5">
      <span>{listed} listed</span>
      {held > 0 ? (
        <Badge tone="warning" icon="pause">
          {held} held
        </Badge>
      ) : null}
      {moved > 0 ? (
        <Badge tone="danger" icon="warning">
          {moved} moved
        </Badge>
      ) : null}
    </span>
  );
}
