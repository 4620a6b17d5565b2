import { nextStep } from "@/components/publisher/next-step";
import { SubmissionStateBadge } from "@/components/submission/submission-state";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

const COLUMNS = ["Extension", "State", "Version", "Next step", "Updated"];

export function SubmissionTable({ submissions }: { submissions: readonly SubmissionView[] }) {
  return (
    <Table caption="My submissions" columns={COLUMNS}>
      {submissions.map((submission) => (
        <Row key={submission.id} submission={submission} />
      ))}
    </Table>
  );
}

function Row({ submission }: { submission: SubmissionView }) {
  const { id, repository, state, candidate, updatedAt } = submission;
  const { title, step } = nextStep(submission);
  return (
    <TableRow>
      <TableCell header className="sm:min-w-60">
        <Link href={`/publish/submissions/${id}`} className="break-words">
          {repository}
        </Link>
      </TableCell>
      <TableCell label="State" className="sm:whitespace-nowrap">
        <SubmissionStateBadge state={state} />
      </TableCell>
      <TableCell label="Version">{candidate?.tag ?? "–"}</TableCell>
      <TableCell label="Next step">
        <span className="block">{title}</span>
        <span className="block text-sm text-pretty text-ink-soft">{step}</span>
      </TableCell>
      <TableCell label="Updated" className="sm:whitespace-nowrap">
        <Time at={updatedAt} />
      </TableCell>
    </TableRow>
  );
}
