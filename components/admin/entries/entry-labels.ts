import type { EntryView } from "@/lib/marketplace/entries/entry-view";
import type { ScanView } from "@/lib/marketplace/scans/scan-view";

export type ScanResult = { title: string; text: string; failed: boolean };

/** The result of a scan. */
export function scanResult(scan: ScanView): ScanResult {
  const counts = [
    [scan.listed, "listed"],
    [scan.held, "held"],
    [scan.moved, "moved"],
    [scan.skipped.length, "skipped"],
  ].flatMap(([count, what]) => (count ? [`${count} ${what}`] : []));
  const text = `${scan.found} ${scan.found === 1 ? "tag" : "tags"} found${counts.length > 0 ? `: ${counts.join(", ")}` : ""}.`;
  switch (scan.state) {
    case "ok":
      return { title: "New versions found", text, failed: false };
    case "unchanged":
      return { title: "No new versions found", text, failed: false };
    case "partial":
      return { title: "Scan incomplete", text: `${text} ${errorText(scan)}`.trim(), failed: true };
    case "rate_limited":
      return { title: "Rate-limited by the registry", text: errorText(scan), failed: true };
    case "failed":
      return { title: "Scan failed", text: errorText(scan), failed: true };
    case "queued":
    case "running":
      return { title: "Scan in progress", text: "", failed: false };
  }
}

function errorText({ error }: ScanView): string {
  return error ? [error.message, error.suggestion].filter(Boolean).join(" ") : "";
}

/** The versions that an entry allows. */
export function trackLabel({ track, range, pin }: Pick<EntryView, "track" | "range" | "pin">): string {
  switch (track) {
    case "follow":
      return "All versions";
    case "range":
      return `Only versions ${range}`;
    case "pin":
      return `Only ${pin?.tag}`;
  }
}

const DECISIONS: Readonly<Record<string, string>> = {
  "submission.approve": "Approved",
  "submission.request_changes": "Requested changes",
  "submission.decline": "Declined",
  "entry.add": "Added directly",
  "entry.change": "Changed the entry",
  "extension.deprecate": "Changed the deprecation",
  "extension.move": "Changed the move",
  "extension.change": "Changed the deprecation and the move",
  "version.list": "Listed",
  "version.hold": "Held",
  "version.yank": "Yanked",
  "version.block": "Blocked",
  "version.restore": "Restored",
};

/** The label of a kind of decision; an unknown kind is shown unchanged. */
export function decisionLabel(kind: string): string {
  return DECISIONS[kind] ?? kind;
}
