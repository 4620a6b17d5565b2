import type { ReactNode } from "react";
import { CaseSection } from "@/components/admin/case/case-section";
import { Added, Changed, Removed } from "@/components/admin/difference/change-marks";
import { ChangedFile } from "@/components/admin/difference/changed-file";
import { ChangedLabels } from "@/components/admin/difference/changed-labels";
import { ForeignText } from "@/components/text/foreign-text";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import {
  type FileDifference,
  isSame,
  type LabelChange,
  type ReportDifference,
} from "@/lib/extension/difference/report-difference";

type VersionDifferenceProps = {
  /** The version to compare with. */
  tag: string;
  /** Null if the earlier image is no longer known. */
  difference: ReportDifference | null;
};

/** The differences from the image that was approved last. */
export function VersionDifference({ tag, difference }: VersionDifferenceProps) {
  return (
    <CaseSection id="changes" title={`Changes since ${tag}`} framed={false}>
      {difference === null ? (
        <Notice tone="info" title={`The image of ${tag} is no longer available for comparison`} />
      ) : isSame(difference) ? (
        <Notice
          tone="success"
          title={`Labels, files, platforms and Extension API are unchanged since ${tag}`}
        />
      ) : (
        <Parts difference={difference} />
      )}
    </CaseSection>
  );
}

function Parts({ difference }: { difference: ReportDifference }) {
  const { requirement, platforms, labels, metadata, compose } = difference;
  const files = metadata === null ? compose : [metadata, ...compose];
  return (
    <div className="divide-y divide-line rounded-lg border border-line bg-surface">
      {requirement ? (
        <Fact title="Extension API">
          <Changed {...requirement} />
        </Fact>
      ) : null}
      {platforms.added.length + platforms.removed.length > 0 ? (
        <Fact title="Platforms">
          <Listed removed={platforms.removed} added={platforms.added} />
        </Fact>
      ) : null}
      {labels.length > 0 ? (
        <Part title="Labels" summary={labelsSummary(labels)}>
          <ChangedLabels labels={labels} />
        </Part>
      ) : null}
      {files.map((file) => (
        <Part key={file.path} title={file.path} summary={fileSummary(file)}>
          <ChangedFile file={file} />
        </Part>
      ))}
    </div>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3 sm:px-5">
      <h3 className="font-medium max-sm:w-full sm:w-36">{title}</h3>
      <p className="min-w-0 break-words">{children}</p>
    </div>
  );
}

function Listed({ removed, added }: { removed: readonly string[]; added: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {removed.map((name) => (
        <Removed key={name}>
          <ForeignText text={name} />
        </Removed>
      ))}
      {added.map((name) => (
        <Added key={name}>
          <ForeignText text={name} />
        </Added>
      ))}
    </span>
  );
}

/** Unfolded at first, because reviewers open the page to read it. */
function Part({ title, summary, children }: { title: string; summary: string; children: ReactNode }) {
  return (
    <details open className="group/part">
      <summary className="flex min-h-11 flex-wrap items-baseline gap-x-3 px-4 py-2.5 sm:px-5">
        <Icon name="chevron-right" className="size-4 self-center text-ink-soft group-open/part:rotate-90" />
        <h3 className="min-w-0 font-medium break-all">
          <ForeignText text={title} code />
        </h3>
        <span className="text-sm text-ink-soft">{summary}</span>
      </summary>
      <div className="px-4 pb-4 sm:px-5">{children}</div>
    </details>
  );
}

function labelsSummary(labels: readonly LabelChange[]): string {
  const added = labels.filter(({ before }) => before === null).length;
  const removed = labels.filter(({ after }) => after === null).length;
  return countsText([
    [labels.length - added - removed, "changed"],
    [added, "new"],
    [removed, "removed"],
  ]);
}

function fileSummary({ change, text }: FileDifference): string {
  if (change === "added") return "new file";
  if (change === "removed") return "removed";
  switch (text.kind) {
    case "same":
      return "unchanged";
    case "rewritten":
      return "rewritten";
    case "changed":
      return countsText([
        [text.added, text.added === 1 ? "line added" : "lines added"],
        [text.removed, text.removed === 1 ? "line removed" : "lines removed"],
      ]);
  }
}

function countsText(counts: readonly [number, string][]): string {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(", ");
}
