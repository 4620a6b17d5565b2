import { versionHref } from "@/components/catalog/catalog-address";
import type { Compatibility } from "@/components/catalog/compatibility/compatibility";
import { CompatibilityBadge } from "@/components/catalog/compatibility/compatibility-line";
import { Badge } from "@/components/ui/badge";
import { FoldedRows } from "@/components/ui/fold";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

export type VersionRow = {
  tag: string;
  version: string;
  channel: "stable" | "prerelease";
  listedAt: string | null;
  range: string | null;
  /** Null for a version that is not offered. */
  compatibility: Compatibility | null;
  /** Why it is not offered. */
  withdrawn: { label: string; why: string | undefined } | null;
  /** The tag moved or was deleted. */
  tagLost: boolean;
};

type VersionTableProps = {
  repository: string;
  rows: readonly VersionRow[];
  judged: boolean;
  carried: HostChoice | undefined;
};

const SHOWN = 12;
const COLUMNS = ["Version", "Listed", "Extension API", "Compatibility"];

/** Newest first; older versions unfold. */
export function VersionTable(props: VersionTableProps) {
  return (
    <div className="space-y-3">
      <FoldedRows rows={props.rows} shown={SHOWN} more={(count) => `Show ${count} older versions`}>
        {(rows, isFolded) => (
          <Rows {...props} rows={rows} caption={isFolded ? "Older versions" : "Versions"} />
        )}
      </FoldedRows>
    </div>
  );
}

function Rows({ repository, rows, judged, carried, caption }: VersionTableProps & { caption: string }) {
  return (
    <Table caption={caption} columns={COLUMNS}>
      {rows.map((row) => (
        <TableRow key={row.tag} id={`version-${row.tag}`}>
          <TableCell header>
            <span className="inline-flex flex-wrap items-center gap-2">
              <Link href={versionHref(repository, row.tag, carried)}>{row.tag}</Link>
              {row.channel === "prerelease" ? <Badge>Prerelease</Badge> : null}
              {row.tagLost ? (
                <Badge tone="warning" icon="warning">
                  Tag changed
                </Badge>
              ) : null}
            </span>
          </TableCell>
          <TableCell label="Listed" className="sm:whitespace-nowrap">
            {row.listedAt ? <Time at={row.listedAt} /> : "—"}
          </TableCell>
          <TableCell label="Extension API">
            <code className="font-mono text-sm">{row.range ?? "unreadable"}</code>
          </TableCell>
          <TableCell label="Compatibility">
            <Verdict row={row} judged={judged} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function Verdict({ row: { compatibility, withdrawn }, judged }: { row: VersionRow; judged: boolean }) {
  const why = withdrawn?.why ?? compatibility?.why;
  return (
    <>
      {withdrawn ? (
        <Badge tone="danger" icon="ban">
          {withdrawn.label}
        </Badge>
      ) : null}
      {!withdrawn && compatibility ? (
        <CompatibilityBadge compatibility={compatibility} judged={judged} />
      ) : null}
      {why ? <p className="mt-1 text-sm text-pretty text-ink-soft">{why}</p> : null}
    </>
  );
}
