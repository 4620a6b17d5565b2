import { Changed } from "@/components/admin/difference/change-marks";
import { ChangedLines } from "@/components/admin/difference/changed-lines";
import { ForeignText } from "@/components/text/foreign-text";
import type { FileDifference } from "@/lib/extension/difference/report-difference";
import { visible } from "@/lib/extension/text/quoted";

/** Longer paths are shortened in the region's name. */
const PATH_SPOKEN_MAX = 200;

/** The changes in a file: its named values first, then its lines. */
export function ChangedFile({ file: { path, change, keys = [], text } }: { file: FileDifference }) {
  if (change === "removed") return <p>The file was removed.</p>;
  if (change === "added") return <p>The file is new. Its full text is below.</p>;
  return (
    <div className="space-y-3">
      {keys.length > 0 ? (
        <dl className="space-y-2 sm:space-y-1">
          {keys.map(({ path: key, before, after }) => (
            <div key={key} className="gap-x-6 sm:grid sm:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
              <dt className="text-sm break-all text-ink-soft">
                <code className="font-mono">
                  <ForeignText text={key === "" ? "Entire document" : key} code />
                </code>
              </dt>
              <dd className="min-w-0 font-mono text-sm break-all">
                <Changed before={before} after={after} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <ChangedLines label={`Changed lines of ${visible(path, PATH_SPOKEN_MAX)}`} text={text} />
    </div>
  );
}
