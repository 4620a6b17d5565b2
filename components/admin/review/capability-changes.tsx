import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";

/** `tag` may also be words for what has none, such as "the earlier inspection". */
export type ComparedWith = { tag: string; isEarlierInspection?: boolean };

type CapabilityChangesProps = {
  comparedWith: ComparedWith | null;
  capabilityChanges: readonly CapabilityChange[];
};

/** What it does now that the approval before did not cover, and what it no longer does. */
export function CapabilityChanges({ comparedWith, capabilityChanges }: CapabilityChangesProps) {
  if (comparedWith === null) return null;
  const other = comparedWith.isEarlierInspection
    ? comparedWith.tag
    : `${comparedWith.tag}, which was approved before`;
  if (capabilityChanges.length === 0) {
    return <Notice tone="success" title={`It does the same as ${other}`} />;
  }
  return (
    <Notice tone="warning" title={`It differs from ${other}`}>
      <ul className="mt-1 space-y-1 text-base">
        {capabilityChanges.map(({ key, words, change }) => (
          <li key={`${change} ${key}`} className="flex gap-2">
            <Icon name={change === "added" ? "plus" : "minus"} className="mt-0.5 size-5" />
            <span className="min-w-0 break-words">
              {change === "added" ? "Now" : "No longer"}: {words}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
