import { FoldedRows } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

const SHOWN = 50;

/** Tags that are not versions, each with its reason. Folded, because most are intended. */
export function SkippedTags({ tags }: { tags: SubmissionView["skippedTags"] }) {
  if (tags.length === 0) return null;
  return (
    <details className="group/skipped rounded-lg border border-line bg-surface">
      <summary className="flex min-h-11 items-center gap-2 px-4 py-2 font-medium sm:px-5">
        <Icon name="chevron-right" className="size-4 text-ink-soft group-open/skipped:rotate-90" />
        {tags.length === 1 ? "1 tag ignored (not a version)" : `${tags.length} tags ignored (not versions)`}
      </summary>
      <div className="space-y-2 border-t border-line px-4 py-3 sm:px-5">
        <FoldedRows rows={tags} shown={SHOWN} more={(count) => `Show ${count} more tags`}>
          {(rows) => (
            <ul className="space-y-2">
              {rows.map(({ tag, message }) => (
                <li key={tag}>
                  <code className="font-mono text-sm break-all">{tag}</code>
                  <span className="block text-sm text-pretty text-ink-soft">{message}</span>
                </li>
              ))}
            </ul>
          )}
        </FoldedRows>
      </div>
    </details>
  );
}
