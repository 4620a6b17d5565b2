import { decisionLabel } from "@/components/admin/entries/entry-labels";
import { shortDigest } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { FoldedRows } from "@/components/ui/fold";
import { Time } from "@/components/ui/time";
import type { DecisionView } from "@/lib/marketplace/entries/get-entry";

/** Decisions with their reasons, newest first. */
export function DecisionHistory({ decisions }: { decisions: readonly DecisionView[] }) {
  if (decisions.length === 0) return <p className="text-ink-soft">No decisions yet.</p>;
  return (
    <div className="space-y-4">
      <FoldedRows rows={decisions} more={(count) => `Show ${count} older decisions`}>
        {(rows) => <Decisions rows={rows} />}
      </FoldedRows>
    </div>
  );
}

function Decisions({ rows }: { rows: readonly DecisionView[] }) {
  return (
    <ol className="space-y-4 border-s-2 border-line ps-4">
      {rows.map((decision) => (
        <li key={`${decision.at} ${decision.kind} ${decision.tag}`}>
          <p>
            <span className="font-medium">{decisionLabel(decision.kind)}</span>
            {decision.tag ? <> {decision.tag}</> : null}
            <span className="text-ink-soft">
              {" "}
              · <bdi>{decision.actor}</bdi> · <Time at={decision.at} />
            </span>
          </p>
          {decision.reason ? (
            <p className="text-pretty break-words">
              <ForeignText text={decision.reason} />
            </p>
          ) : null}
          {decision.digest ? (
            <p className="font-mono text-sm text-ink-soft" title={decision.digest}>
              {shortDigest(decision.digest)}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
