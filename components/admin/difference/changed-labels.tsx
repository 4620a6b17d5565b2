import { Added, Removed } from "@/components/admin/difference/change-marks";
import { ForeignText } from "@/components/text/foreign-text";
import { FoldedRows } from "@/components/ui/fold";
import type { LabelChange } from "@/lib/extension/difference/report-difference";

/** Changed labels, compared word by word. */
export function ChangedLabels({ labels }: { labels: readonly LabelChange[] }) {
  return (
    <div className="space-y-2">
      <FoldedRows rows={labels} more={(count) => `Show ${count} more labels`}>
        {(rows) => (
          <dl className="divide-y divide-line">
            {rows.map((label) => (
              <Row key={label.name} label={label} />
            ))}
          </dl>
        )}
      </FoldedRows>
    </div>
  );
}

function Row({ label }: { label: LabelChange }) {
  return (
    <div className="gap-x-6 py-2.5 first:pt-0 last:pb-0 md:grid md:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
      <dt className="text-sm break-all text-ink-soft">
        <code className="font-mono">
          <ForeignText text={label.name} code />
        </code>
      </dt>
      <dd className="min-w-0 break-words whitespace-pre-wrap">
        <Words label={label} />
      </dd>
    </div>
  );
}

function Words({ label: { before, after, words } }: { label: LabelChange }) {
  if (before === null || after === null) {
    return before === null ? (
      <Added>
        <ForeignText text={displayed(after)} />
      </Added>
    ) : (
      <Removed>
        <ForeignText text={displayed(before)} />
      </Removed>
    );
  }
  return words.map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    if (kind === "added")
      return (
        <Added key={key}>
          <ForeignText text={text} />
        </Added>
      );
    if (kind === "removed")
      return (
        <Removed key={key}>
          <ForeignText text={text} />
        </Removed>
      );
    return <ForeignText key={key} text={text} />;
  });
}

/** A label can be empty. */
function displayed(value: string | null): string {
  return value === null || value === "" ? "(empty)" : value;
}
