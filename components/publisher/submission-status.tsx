import { nextStep } from "@/components/publisher/next-step";
import { BrokenLinkList } from "@/components/report/broken-link-list";
import { FailedInspections } from "@/components/report/failed-inspections";
import { SubmissionStateBadge } from "@/components/submission/submission-state";
import { DigestText } from "@/components/text/digest-text";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

/** The status of a submission, the next step, and the image that was checked. */
export function SubmissionStatus({ submission }: { submission: SubmissionView }) {
  const { state, candidate, createdAt, updatedAt, submitter } = submission;
  const { tone, title, step } = nextStep(submission);
  return (
    <section aria-label="Status" className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SubmissionStateBadge state={state} />
        {candidate ? (
          <>
            <Badge icon="tag">{candidate.tag}</Badge>
            <DigestText digest={candidate.digest} copyLabel={`Copy the digest of ${candidate.tag}`} />
          </>
        ) : null}
      </div>
      <Notice tone={tone} title={title}>
        {step}
        <RequestedChange submission={submission} />
        <Retry submission={submission} />
        {state === "approved" ? <ApprovedLink repository={submission.repository} /> : null}
      </Notice>
      {submission.refusal ? <Refused refusal={submission.refusal} /> : null}
      <FailedInspections
        tags={submission.failingTags}
        advice="Listed versions stay listed. If you point a tag to another image, the next scan retries it. Reviewers can retry all tags immediately."
      />
      {submission.deadMedia.length > 0 ? <Dead deadMedia={submission.deadMedia} /> : null}
      <p className="text-sm text-ink-soft">
        Submitted by <bdi>{submitter.name}</bdi> <Time at={createdAt} /> · updated <Time at={updatedAt} />
      </p>
    </section>
  );
}

/** A problem after approval that only the publisher can fix. */
function Refused({ refusal: { message, since } }: { refusal: NonNullable<SubmissionView["refusal"]> }) {
  return (
    <Notice tone="warning" title="The registry denies access to your repository">
      {message} Since <Time at={since} />. Listed versions stay listed, but can’t be installed. Make the
      repository public again, or ask the reviewers to remove the extension from the allow-list.
    </Notice>
  );
}

function Dead({ deadMedia }: Pick<SubmissionView, "deadMedia">) {
  return (
    <Notice tone="warning" title="Your extension has broken images or links">
      <BrokenLinkList deadMedia={deadMedia} />
      Your extension stays listed and shows the images that Gantry stored. Restore them at the URLs in the
      labels, or push a new version with other URLs.
    </Notice>
  );
}

/** The reviewer's reason, while the submitter needs it. */
function RequestedChange({ submission: { state, error, timeline } }: { submission: SubmissionView }) {
  const kinds = state === "declined" ? ["declined"] : ["changes_requested", "checked"];
  if ((state !== "declined" && state !== "needs_changes") || error !== null) return null;
  const last = timeline.findLast(({ kind }) => kinds.includes(kind));
  if (!last?.message || last.kind === "checked") return null;
  return (
    <blockquote className="mt-2 border-s-2 border-line-strong ps-3 text-base whitespace-pre-wrap">
      {last.message}
    </blockquote>
  );
}

/** The error, and when Gantry retries. */
function Retry({ submission: { state, error, retry } }: { submission: SubmissionView }) {
  if (state !== "errored" || error === null) return null;
  return (
    <dl className="mt-2 space-y-1">
      <div>
        <dt className="inline font-medium">Error: </dt>
        <dd className="inline">
          {error.message} {error.suggestion}
        </dd>
      </div>
      {retry?.at ? (
        <div>
          <dt className="inline font-medium">Retry: </dt>
          <dd className="inline">
            {retry.attempts === 1 ? "tried once" : `tried ${retry.attempts} times`}, next retry{" "}
            <Time at={retry.at} />.
          </dd>
        </div>
      ) : null}
    </dl>
  );
}

function ApprovedLink({ repository }: { repository: string }) {
  return (
    <span className="mt-2 block">
      <Link href={`/extensions/${repository}`}>View in the catalog</Link>
    </span>
  );
}
