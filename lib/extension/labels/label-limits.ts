import type { FindingList } from "@/lib/extension/findings/finding-list";
import { isOwnLabel } from "@/lib/extension/labels/label-names";
import { hasHiddenCharacters } from "@/lib/extension/text/hidden-characters";

const LABEL_LIMITS = { count: 256, valueBytes: 64 * 1024, totalBytes: 256 * 1024 } as const;

export type BoundedLabels = {
  /**
   * Bounds the labels, with a finding for each limit exceeded. The extension's own labels come first, so that others
   * cannot displace them.
   */
  values: Map<string, string>;
  /** Labels that are present but were not read. */
  ignored: Set<string>;
};

/**
 * Bounds the labels, with a finding for each limit exceeded. The extension's own labels come first, so that others
 * cannot displace them.
 */
export function boundLabels(labels: Record<string, string>, findings: FindingList): BoundedLabels {
  const entries = Object.entries(labels).toSorted(
    ([a], [b]) => Number(isOwnLabel(b)) - Number(isOwnLabel(a)),
  );
  if (entries.length > LABEL_LIMITS.count) {
    findings.add("labels_too_many", { count: entries.length, limit: LABEL_LIMITS.count });
  }
  const kept = entries
    .slice(0, LABEL_LIMITS.count)
    .filter(([name, value]) => isReadable(name, value, findings));
  const values = new Map(withinTotal(kept, findings));
  return { values, ignored: new Set(entries.map(([name]) => name).filter((name) => !values.has(name))) };
}

function isReadable(name: string, value: string, findings: FindingList): boolean {
  const sizeBytes = utf8Bytes(value);
  if (sizeBytes > LABEL_LIMITS.valueBytes) {
    findings.add("label_too_long", { label: name, sizeBytes, limitBytes: LABEL_LIMITS.valueBytes });
    return false;
  }
  if (hasHiddenCharacters(name) || /\s/.test(name) || name === "") {
    findings.add("label_characters", { label: name });
    return false;
  }
  return true;
}

function withinTotal(entries: [string, string][], findings: FindingList): [string, string][] {
  let totalBytes = 0;
  const end = entries.findIndex(([name, value]) => {
    totalBytes += utf8Bytes(name) + utf8Bytes(value);
    return totalBytes > LABEL_LIMITS.totalBytes;
  });
  const first = entries[end];
  if (first === undefined) return entries;
  findings.add("labels_too_large", { label: first[0], limitBytes: LABEL_LIMITS.totalBytes });
  return entries.slice(0, end);
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
