import type { EntryView } from "@/lib/marketplace/entries/entry-view";
import type { ScanView } from "@/lib/marketplace/scans/scan-view";

export type ScanResult = { title: string; text: string; failed: boolean };

/** What a scan that has ended found, in words. */
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
      return { title: "The scan found something new", text, failed: false };
    case "unchanged":
      return { title: "The scan found nothing new", text, failed: false };
    case "partial":
      return { title: "The scan saw only a part", text: `${text} ${errorText(scan)}`.trim(), failed: true };
    case "rate_limited":
      return { title: "The registry asked to come later", text: errorText(scan), failed: true };
    case "failed":
      return { title: "The scan failed", text: errorText(scan), failed: true };
    case "queued":
    case "running":
      return { title: "The scan has not ended yet", text: "", failed: false };
  }
}

function errorText({ error }: ScanView): string {
  return error ? [error.message, error.suggestion].filter(Boolean).join(" ") : "";
}

/** Which versions an entry admits, in words. */
export function trackLabel({ track, range, pin }: Pick<EntryView, "track" | "range" | "pin">): string {
  switch (track) {
    case "follow":
      return "All versions";
    case "range":
      return `Versions ${range}`;
    case "pin":
      return `Only ${pin?.tag}`;
  }
}

const DECISIONS: Readonly<Record<string, string>> = {
  "submission.approve": "Approved",
  "submission.request_changes": "Asked for changes",
  "submission.decline": "Declined",
  "entry.add": "Added directly",
  "entry.change": "Changed the entry",
  "extension.deprecate": "Changed the deprecation",
  "extension.move": "Changed where it has moved",
  "extension.change": "Changed the deprecation and where it has moved",
  "version.list": "Listed",
  "version.hold": "Held",
  "version.yank": "Yanked",
  "version.block": "Blocked",
  "version.restore": "Restored",
};

/** A kind of decision as a verb in the past; a kind that is new here stands for itself. */
export function decisionLabel(kind: string): string {
  return DECISIONS[kind] ?? kind;
}
