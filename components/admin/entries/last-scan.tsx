import { scanResult } from "@/components/admin/entries/entry-labels";
import { FailedInspections } from "@/components/report/failed-inspections";
import { SkippedTags } from "@/components/report/skipped-tags";
import { ActionForm } from "@/components/ui/action-form";
import type { FormAction } from "@/components/ui/form-state";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { EntryDetail } from "@/lib/marketplace/entries/get-entry";

type LastScanProps = {
  repository: string;
  scan: EntryDetail["lastScan"];
  /** Undefined if the entry is no longer scanned. */
  scanNow: FormAction | undefined;
};

export function LastScan({ repository, scan, scanNow }: LastScanProps) {
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ScanLine scan={scan} />
        {scanNow ? (
          <ActionForm
            action={scanNow}
            id="scan"
            about={{ repository }}
            submit="Scan now"
            look="quiet"
            submitWidth="fit"
          />
        ) : null}
      </div>
      {scan && scanResult(scan).failed && !isExplainedByTags(scan) ? (
        <Notice tone="warning" title={scanResult(scan).title}>
          {scanResult(scan).text}
          {scan.pausedUntil ? (
            <p>
              The registry demands a pause for all its repositories. It ends <Time at={scan.pausedUntil} />.
            </p>
          ) : null}
        </Notice>
      ) : null}
      {scan ? (
        <FailedInspections tags={scan.failing} advice="“Scan now” retries all of them immediately." />
      ) : null}
      {scan && scan.skipped.length > 0 ? <SkippedTags tags={scan.skipped} /> : null}
    </div>
  );
}

/** Whether the list of failed tags already explains why the scan is incomplete. */
function isExplainedByTags({ state, error, failing }: NonNullable<LastScanProps["scan"]>): boolean {
  if (state !== "partial" || failing.length === 0) return false;
  return error === null || failing.some((tag) => tag.error.message === error.message);
}

function ScanLine({ scan }: Pick<LastScanProps, "scan">) {
  if (scan === null) return <p className="text-ink-soft">Not scanned yet.</p>;
  const { title, text, failed } = scanResult(scan);
  return (
    <p className="text-ink-soft">
      Last scan <Time at={scan.at} />. {failed ? `${title}.` : text}
    </p>
  );
}
