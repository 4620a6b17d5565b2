import { type LabelRow, labelRows } from "@/components/admin/case/label-rows";
import { ForeignText } from "@/components/text/foreign-text";
import { Badge } from "@/components/ui/badge";
import { FoldedRows } from "@/components/ui/fold";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";

/** Longer values are folded. */
const LONG_CHARACTERS = 240;

/** Every label of the image; where platforms differ, the value of each. */
export function LabelTable({ platforms }: { platforms: InspectionReport["platforms"] }) {
  const rows = labelRows(platforms);
  if (rows.length === 0) return <p className="text-ink-soft">The image has no labels.</p>;
  return (
    <div className="space-y-2">
      <FoldedRows rows={rows} more={(count) => `Show ${count} more labels`}>
        {(some) => (
          <dl className="divide-y divide-line">
            {some.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </dl>
        )}
      </FoldedRows>
    </div>
  );
}

function Row({ row: { name, values } }: { row: LabelRow }) {
  const differs = values.length > 1;
  return (
    <div className="gap-x-6 py-2.5 md:grid md:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
      <dt className="text-sm break-all text-ink-soft">
        <code className="font-mono">
          <ForeignText text={name} code />
        </code>
        {differs ? (
          <Badge tone="warning" icon="warning" className="mt-1">
            Differs by platform
          </Badge>
        ) : null}
      </dt>
      <dd className="min-w-0 space-y-2">
        {values.map(({ platforms, value }) => (
          <div key={platforms.join(" ")}>
            {differs ? <span className="text-sm text-ink-soft">{platforms.join(", ")}</span> : null}
            <Value value={value} />
          </div>
        ))}
      </dd>
    </div>
  );
}

function Value({ value }: { value: string | null }) {
  if (value === null) return <p className="text-ink-soft">Missing</p>;
  if (value === "") return <p className="text-ink-soft">Empty</p>;
  if (value.length <= LONG_CHARACTERS)
    return (
      <p className="break-words whitespace-pre-wrap">
        <ForeignText text={value} />
      </p>
    );
  return (
    <details>
      <summary className="break-words">
        <ForeignText text={value.slice(0, LONG_CHARACTERS)} />…{" "}
        <span className="font-medium text-accent underline underline-offset-2">
          Show all {value.length} characters
        </span>
      </summary>
      <p className="mt-2 border-s-2 border-line ps-3 break-words whitespace-pre-wrap">
        <ForeignText text={value} />
      </p>
    </details>
  );
}
