import { changedParts, type Part } from "@/components/admin/audit/audit-change";
import { ForeignText } from "@/components/text/foreign-text";
import { Icon } from "@/components/ui/icon";
import { Time } from "@/components/ui/time";
import type { AuditView } from "@/lib/marketplace/history/audit-log";

/** Audit events, newest first; the changed fields are folded. */
export function AuditList({ events }: { events: readonly AuditView[] }) {
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
      {events.map((event) => (
        <li key={event.sequence} id={`row-${event.sequence}`} className="scroll-mt-4 px-4 py-3">
          <Event event={event} />
        </li>
      ))}
    </ol>
  );
}

function Event({ event }: { event: AuditView }) {
  const { sequence, at, actor, action, subject, reason } = event;
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0">
          <span className="font-medium">
            <bdi>{actor.name}</bdi>
          </span>{" "}
          <span className="text-sm text-ink-soft">({actor.kind})</span>{" "}
          <code className="font-mono text-sm break-all">{action}</code>
        </p>
        <p className="text-sm text-ink-soft">
          <a href={`#row-${sequence}`} className="hover:underline">
            #{sequence}
          </a>{" "}
          · <Time at={at} />
        </p>
      </div>
      <p className="text-sm break-all text-ink-soft">
        {subject.kind} <ForeignText text={subject.id} code />
      </p>
      {reason ? (
        <p className="mt-1 text-pretty break-words">
          “<ForeignText text={reason} />”
        </p>
      ) : null}
      <Details event={event} />
    </>
  );
}

function Details({ event: { sequence, before, after, hash, requestId } }: { event: AuditView }) {
  const parts = changedParts(before, after);
  return (
    <details className="group/audit mt-1">
      <summary className="inline-flex min-h-9 items-center gap-1.5 text-sm font-medium text-accent">
        <Icon name="chevron-right" className="size-4 group-open/audit:rotate-90" />
        Changes<span className="sr-only"> in entry {sequence}</span>
      </summary>
      <div className="space-y-3 pt-1 pb-2 text-sm">
        {parts.length === 0 ? <p className="text-ink-soft">No fields changed.</p> : null}
        <dl className="space-y-2">
          {parts.map((part) => (
            <div key={part.name}>
              <dt className="font-mono text-ink-soft">{part.name}</dt>
              <dd>
                <Values {...part} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="font-mono break-all text-ink-soft">hash {hash}</p>
        {requestId ? <p className="font-mono break-all text-ink-soft">request {requestId}</p> : null}
      </div>
    </details>
  );
}

function Values({ before, after }: Part) {
  return (
    <span className="flex flex-col gap-1 font-mono break-all whitespace-pre-wrap">
      {before === undefined ? null : (
        <span className="rounded-sm bg-danger-soft px-1.5 text-danger">
          <span className="sr-only">Before: </span>− <ForeignText text={before} code />
        </span>
      )}
      {after === undefined ? null : (
        <span className="rounded-sm bg-success-soft px-1.5 text-success">
          <span className="sr-only">After: </span>+ <ForeignText text={after} code />
        </span>
      )}
    </span>
  );
}
