import { findingSummary } from "@/components/report/finding-groups";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ReviewItem } from "@/lib/marketplace/submissions/review-queue";

type ReviewTableProps = {
  caption: string;
  items: readonly ReviewItem[];
  /** The heading of the time column: `Waiting since`. */
  since: string;
};

export function ReviewTable({ caption, items, since }: ReviewTableProps) {
  return (
    <Table caption={caption} columns={["Extension", "Version", "Findings", "Submitted by", since]}>
      {items.map((item) => (
        <Row key={item.id} item={item} since={since} />
      ))}
    </Table>
  );
}

function Row({ item, since }: { item: ReviewItem; since: string }) {
  const { id, repository, title, candidate, findings, error, submitter } = item;
  return (
    <TableRow>
      <TableCell header>
        <Link href={`/admin/submissions/${id}`} className="break-words">
          <bdi>{title ?? repository}</bdi>
        </Link>
        {title ? (
          <span className="block text-sm font-normal break-all text-ink-soft">{repository}</span>
        ) : null}
      </TableCell>
      <TableCell label="Version">{candidate?.tag ?? "–"}</TableCell>
      <TableCell label="Findings">
        {error ? error.message : (findingSummary(findings) ?? (candidate ? "None" : "–"))}
      </TableCell>
      <TableCell label="Submitted by">
        <bdi>{submitter.name}</bdi>
      </TableCell>
      <TableCell label={since} className="sm:whitespace-nowrap">
        <Time at={item.since} />
      </TableCell>
    </TableRow>
  );
}
