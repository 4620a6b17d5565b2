import type { ScanView } from "@/lib/marketplace/scans/scan-view";

export type ScanWords = { title: string; text: string; failed: boolean };

/** What a scan that has ended found, in words. */
export function scanWords(scan: ScanView): ScanWords {
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
