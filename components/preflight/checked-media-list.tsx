import { type CheckedMediaLine, checkedMediaLines } from "@/components/preflight/checked-media";
import { FoldedRows } from "@/components/ui/fold";
import { Icon, type IconName } from "@/components/ui/icon";
import type { CheckedMediaDocument } from "@/lib/catalog/documents/checked-media-document";

const MARKS: Record<CheckedMediaLine["outcome"], { icon: IconName; ink: string }> = {
  fine: { icon: "check-circle", ink: "text-success" },
  dead: { icon: "x-circle", ink: "text-danger" },
  unusable: { icon: "x-circle", ink: "text-danger" },
  not_checked: { icon: "info", ink: "text-ink-soft" },
};

/** The result for each image and link in the labels. Nothing is loaded from their servers. */
export function CheckedMediaList({ media }: { media: readonly CheckedMediaDocument[] }) {
  const lines = checkedMediaLines(media).map((line, index) => ({ ...line, url: media[index]?.url }));
  return (
    <div className="space-y-2">
      <FoldedRows rows={lines} more={(count) => `Show ${count} more`}>
        {(rows) => (
          <ul className="space-y-2">
            {rows.map(({ name, outcome, result, url }) => (
              <li key={`${name} ${url}`} className="flex gap-2">
                <Icon name={MARKS[outcome].icon} className={`mt-0.5 size-5 shrink-0 ${MARKS[outcome].ink}`} />
                <span className="min-w-0">
                  <bdi>{name}</bdi>: {result}
                  <br />
                  <code className="font-mono text-sm break-all text-ink-soft">{url}</code>
                </span>
              </li>
            ))}
          </ul>
        )}
      </FoldedRows>
    </div>
  );
}
