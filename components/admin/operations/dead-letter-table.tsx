import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { Table, TableCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { DeadLetterKind } from "@/lib/marketplace/dead-letters/dead-letter";
import type { DeadLetter } from "@/lib/marketplace/dead-letters/list-dead-letters";

type DeadLetterTableProps = { letters: readonly DeadLetter[]; retry: FormAction };

const JOBS: Record<DeadLetterKind, string> = {
  check: "Submission check",
  scan: "Tag scan",
  media: "Image and link check",
  reinspection: "Re-inspection",
};

export function DeadLetterTable({ letters, retry }: DeadLetterTableProps) {
  return (
    <Table caption="Dead letters" columns={["Job", "Crashes", "Last crash", "Stopped", "Actions"]}>
      {letters.map((letter) => (
        <TableRow key={letter.id}>
          <TableCell header>
            {JOBS[letter.kind]}
            <span className="block text-sm font-normal break-all text-ink-soft">
              {letter.repository ?? "Unknown extension"}
            </span>
          </TableCell>
          <TableCell label="Crashes">{letter.crashes}</TableCell>
          <TableCell label="Last crash">
            <Time at={letter.lastCrashAt} />
          </TableCell>
          <TableCell label="Stopped">
            <Time at={letter.deadSince} />
          </TableCell>
          <TableCell>
            <Retry letter={letter} action={retry} />
          </TableCell>
        </TableRow>
      ))}
    </Table>
  );
}

function Retry({ letter, action }: { letter: DeadLetter; action: FormAction }) {
  return (
    <ActionForm
      action={action}
      id={`retry-${letter.id}`}
      about={{ id: letter.id }}
      dialog={{ trigger: "Retry", title: `Retry: ${JOBS[letter.kind]}?`, size: "small" }}
      note="If the cause persists, Gantry crashes up to three more times and is briefly unavailable each time."
      submit="Retry job"
    />
  );
}
