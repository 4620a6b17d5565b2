import { type ListingMedia, ListingMediaPreview } from "@/components/preflight/listing-media";
import { type FindingGroup, groupFindings } from "@/components/report/finding-groups";
import { FindingList } from "@/components/report/finding-list";
import { SkippedTags } from "@/components/report/skipped-tags";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

type CheckReportProps = {
  submission: SubmissionView;
  /** Undefined until an image was inspected. */
  media: ListingMedia | undefined;
};

/** The report of the last check, with a fix for each finding. */
export function CheckReport({ submission, media }: CheckReportProps) {
  const { candidate, findings, skippedTags } = submission;
  if (candidate === null && skippedTags.length === 0) return null;
  return (
    <section aria-labelledby="report" className="order-2 space-y-4">
      <h2 id="report" className="text-lg font-semibold">
        {candidate ? `Report on ${candidate.tag}` : "Tags"}
      </h2>
      {candidate ? <Outcome submission={submission} /> : null}
      <FindingList findings={findings} />
      {media && media.checked.length > 0 ? <MediaPart media={media} /> : null}
      <SkippedTags tags={skippedTags} />
    </section>
  );
}

function MediaPart({ media }: { media: ListingMedia }) {
  return (
    <>
      <h3 className="pt-2 font-semibold">Images and links</h3>
      <Card>
        <ListingMediaPreview {...media} />
      </Card>
    </>
  );
}

function Outcome({ submission: { findings } }: { submission: SubmissionView }) {
  const groups = groupFindings(findings);
  const toFix = groups.find(({ kind }) => kind === "needs_you")?.findings.length ?? 0;
  if (toFix > 0) {
    return (
      <p className="flex gap-2">
        <Icon name="x-circle" className="mt-0.5 size-5 text-danger" />
        {toFix === 1 ? "Fix 1 problem" : `Fix ${toFix} problems`} before the extension goes to review.
      </p>
    );
  }
  return (
    <p className="flex gap-2">
      <Icon name="check-circle" className="mt-0.5 size-5 text-success" />
      {passedText(groups)}
    </p>
  );
}

function passedText(groups: FindingGroup[]): string {
  if (groups.length === 0) return "All checks passed: labels, metadata.json, platforms and media.";
  const better = groups.some(({ kind }) => kind === "could_be_better");
  return better ? "No problems. The warnings suggest improvements." : "No problems.";
}
