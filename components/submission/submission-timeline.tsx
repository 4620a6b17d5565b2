import { ForeignText } from "@/components/text/foreign-text";
import { FoldedRows } from "@/components/ui/fold";
import { Icon, type IconName } from "@/components/ui/icon";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type EventLook = { icon: IconName; label: string; ink?: string };

const EVENTS: Record<string, EventLook> = {
  submitted: { icon: "plus", label: "Submitted" },
  checked: { icon: "search", label: "Checked" },
  reinspected: { icon: "search", label: "Reinspected" },
  check_failed: { icon: "refresh", label: "Check failed", ink: "text-info" },
  check_requested: { icon: "refresh", label: "Recheck requested" },
  replied: { icon: "mail", label: "Reply" },
  changes_requested: { icon: "pencil", label: "Changes requested", ink: "text-warning" },
  approved: { icon: "check-circle", label: "Approved", ink: "text-success" },
  declined: { icon: "x-circle", label: "Declined", ink: "text-danger" },
  withdrawn: { icon: "minus", label: "Withdrawn" },
};

/** The actor of automatic checks, shown as Gantry. */
const CHECKER = "scanning";

/** The history of a submission, newest first. */
export function SubmissionTimeline({ timeline }: { timeline: SubmissionView["timeline"] }) {
  return (
    <div className="space-y-5">
      <FoldedRows rows={timeline.toReversed()} more={(count) => `Show ${count} older events`}>
        {(rows) => (
          <ol className="space-y-5">
            {rows.map((line) => (
              <Line key={`${line.at} ${line.kind} ${line.message}`} line={line} />
            ))}
          </ol>
        )}
      </FoldedRows>
    </div>
  );
}

function Line({ line: { at, kind, actor, message } }: { line: SubmissionView["timeline"][number] }) {
  const { icon, label, ink = "text-ink-soft" } = EVENTS[kind] ?? { icon: "circle", label: kind };
  return (
    <li className="flex gap-3">
      <Icon name={icon} className={`mt-0.5 size-5 ${ink}`} />
      <div className="min-w-0">
        <p className="font-medium">{label}</p>
        {message ? (
          <p className="mt-0.5 text-sm text-pretty break-words whitespace-pre-wrap">
            <ForeignText text={message} />
          </p>
        ) : null}
        <p className="mt-0.5 text-sm text-ink-soft">
          <bdi>{actor === CHECKER ? "Gantry" : actor}</bdi> · <Time at={at} />
        </p>
      </div>
    </li>
  );
}
