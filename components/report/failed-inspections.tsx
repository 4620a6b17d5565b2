import { FoldedRows } from "@/components/ui/fold";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { FailedInspectionView } from "@/lib/marketplace/scans/failed-inspections";

type FailedInspectionsProps = {
  tags: readonly FailedInspectionView[];
  /** What to do, as a sentence. */
  advice: string;
  now?: Date;
};

/** Tags whose image could not be inspected: the error, the attempts so far, and the next retry. */
export function FailedInspections({ tags, advice, now = new Date() }: FailedInspectionsProps) {
  if (tags.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={tags.length === 1 ? "1 tag couldn’t be inspected" : `${tags.length} tags couldn’t be inspected`}
    >
      <div className="mt-1 space-y-2">
        <FoldedRows rows={tags} more={(count) => `Show ${count} more tags`}>
          {(rows) => (
            <ul className="list-disc space-y-2 ps-5">
              {rows.map((failing) => (
                <li key={failing.tag}>
                  <code className="font-mono text-sm break-all">{failing.tag}</code>:{" "}
                  <Tried failing={failing} now={now} /> {failing.error.message} {failing.error.suggestion}
                </li>
              ))}
            </ul>
          )}
        </FoldedRows>
      </div>
      <p className="mt-2">{advice}</p>
    </Notice>
  );
}

type TriedProps = { failing: FailedInspectionView; now: Date };

function Tried({ failing: { attempts, lastTriedAt, nextTryAt }, now }: TriedProps) {
  return (
    <>
      tried {attempts === 1 ? "once" : `${attempts} times`}, last <Time at={lastTriedAt} now={now} />;{" "}
      <NextTry at={nextTryAt} now={now} />
    </>
  );
}

function NextTry({ at, now }: { at: string | null; now: Date }) {
  if (at === null) return "no retry until the tag points to another image.";
  if (new Date(at) <= now) return "the next scan will retry.";
  return (
    <>
      next retry <Time at={at} now={now} />.
    </>
  );
}
