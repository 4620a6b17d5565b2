import { FoldedRows } from "@/components/ui/fold";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";

/** `tag` can also be a description, such as "the earlier inspection". */
export type ComparedWith = { tag: string; isEarlierInspection?: boolean };

type CapabilityChangesProps = {
  comparedWith: ComparedWith | null;
  capabilityChanges: readonly CapabilityChange[];
};

/** The access that was added or removed since the last approval. */
export function CapabilityChanges({ comparedWith, capabilityChanges }: CapabilityChangesProps) {
  if (comparedWith === null) return null;
  const other = comparedWith.isEarlierInspection ? comparedWith.tag : `${comparedWith.tag} (last approved)`;
  if (capabilityChanges.length === 0) {
    return <Notice tone="success" title={`No change in access since ${other}`} />;
  }
  const grows = capabilityChanges.some(({ change }) => change === "added");
  return (
    <Notice tone="warning" title={`${grows ? "More access than" : "Less access than"} ${other}`}>
      <div className="mt-1 space-y-1 text-base">
        <FoldedRows rows={capabilityChanges} more={(count) => `Show ${count} more changes`}>
          {(rows) => <Changes changes={rows} />}
        </FoldedRows>
      </div>
    </Notice>
  );
}

function Changes({ changes }: { changes: readonly CapabilityChange[] }) {
  return (
    <ul className="space-y-1">
      {changes.map(({ key, words, change }) => (
        <li key={`${change} ${key}`} className="flex gap-2">
          <Icon name={change === "added" ? "plus" : "minus"} className="mt-0.5 size-5" />
          <span className="min-w-0 break-words">
            <span className="sr-only">{change === "added" ? "Added: " : "Removed: "}</span>
            {words}
          </span>
        </li>
      ))}
    </ul>
  );
}
