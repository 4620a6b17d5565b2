import { Changed } from "@/components/admin/difference/change-marks";
import { ChangedLines } from "@/components/admin/difference/changed-lines";
import { ForeignText } from "@/components/text/foreign-text";
import type { FileDifference } from "@/lib/extension/difference/report-difference";
import { visible } from "@/lib/extension/text/quoted";

/** Longer paths are cut in the name of the region. */
const PATH_SPOKEN_MAX = 200;

/** What changed in a file: first its values, where it has any that can be named, then its lines. */
export function ChangedFile({ file: { path, change, keys = [], text } }: { file: FileDifference }) {
  if (change === "removed") return <p>It is no longer in the image.</p>;
  if (change === "added") return <p>It is new; its text stands further down.</p>;
  return (
    <div className="space-y-3">
      {keys.length > 0 ? (
        <dl className="space-y-2 sm:space-y-1">
          {keys.map(({ path: key, before, after }) => (
            <div key={key} className="gap-x-6 sm:grid sm:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
              <dt className="text-sm break-all text-ink-soft">
                <code className="font-mono">
                  <ForeignText text={key === "" ? "The whole document" : key} code />
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
