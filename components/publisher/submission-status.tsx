import { nextStep } from "@/components/publisher/next-step";
import { DeadMediaList } from "@/components/report/dead-media-list";
import { FailingTags } from "@/components/report/failing-tags";
import { SubmissionStateBadge } from "@/components/submission/submission-state";
import { DigestText } from "@/components/text/digest-text";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";

/** Where it stands, what comes next, and which image that is about. */
export function SubmissionStatus({ submission }: { submission: SubmissionView }) {
  const { state, candidate, createdAt, updatedAt, submitter } = submission;
  const { tone, title, step } = nextStep(submission);
  return (
    <section aria-label="Where it stands" className="space-y-4">
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
      <FailingTags
        tags={submission.failingTags}
        advice="What is listed stays listed. The next scan tries a tag that you make point to another image; reviewers can have all of them tried at once."
      />
      {submission.deadMedia.length > 0 ? <Dead deadMedia={submission.deadMedia} /> : null}
      <p className="text-sm text-ink-soft">
        Submitted by {submitter.name} <Time at={createdAt} /> · changed <Time at={updatedAt} />
      </p>
    </section>
  );
}

/** The one thing after an approval that only the publisher can mend. */
function Refused({ refusal: { message, since } }: { refusal: NonNullable<SubmissionView["refusal"]> }) {
  return (
    <Notice tone="warning" title="The registry refuses your repository">
      {message} It has been so since <Time at={since} />. What is listed stays listed, but nobody can install
      it. Make the repository public again, or ask the reviewers to take the extension off the allow-list.
    </Notice>
  );
}

function Dead({ deadMedia }: Pick<SubmissionView, "deadMedia">) {
  return (
    <Notice tone="warning" title="Pictures or links of your extension are dead">
      <DeadMediaList deadMedia={deadMedia} />
      Your extension stays listed, with the pictures that Gantry stored. Put them back where the label says,
      or push a new version whose labels name other addresses.
    </Notice>
  );
}

/** What the reviewer wrote, where it is needed. */
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

/** What happened, and when Gantry tries again, if it does. */
function Retry({ submission: { state, error, retry } }: { submission: SubmissionView }) {
  if (state !== "errored" || error === null) return null;
  return (
    <dl className="mt-2 space-y-1">
      <div>
        <dt className="inline font-medium">What happened: </dt>
        <dd className="inline">
          {error.message} {error.suggestion}
        </dd>
      </div>
      {retry?.at ? (
        <div>
          <dt className="inline font-medium">What we do: </dt>
          <dd className="inline">
            {retry.attempts === 1 ? "Tried once" : `Tried ${retry.attempts} times`}; the next try is due{" "}
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
      <Link href={`/extensions/${repository}`}>See it in the catalog</Link>
    </span>
  );
}
