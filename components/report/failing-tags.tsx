import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { FailedInspectionView } from "@/lib/marketplace/scans/failed-inspections";

const SHOWN = 20;

type FailingTagsProps = {
  tags: readonly FailedInspectionView[];
  /** What the reader can do, as a sentence. */
  advice: string;
  now?: Date;
};

/** Versions that are not there because their image could not be inspected: why, and when it is tried again. */
export function FailingTags({ tags, advice, now = new Date() }: FailingTagsProps) {
  if (tags.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={
        tags.length === 1 ? "1 tag could not be inspected" : `${tags.length} tags could not be inspected`
      }
    >
      <ul className="mt-1 list-disc space-y-2 ps-5">
        {tags.slice(0, SHOWN).map((failing) => (
          <li key={failing.tag}>
            <code className="font-mono text-sm break-all">{failing.tag}</code>:{" "}
            <Tried failing={failing} now={now} /> {failing.error.message} {failing.error.suggestion}
          </li>
        ))}
        {tags.length > SHOWN ? <li>And {tags.length - SHOWN} more.</li> : null}
      </ul>
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
  if (at === null) return "not tried again before the tag points to another image.";
  if (new Date(at) <= now) return "the next scan tries it again.";
  return (
    <>
      the next try is due <Time at={at} now={now} />.
    </>
  );
}
