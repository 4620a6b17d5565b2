import type { Metadata } from "next";
import { listingMedia } from "@/app/_page/listing-media";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { checkAgain, reply, withdraw } from "@/app/(publisher)/publish/submissions/[id]/actions";
import { CheckReport } from "@/components/publisher/check-report";
import { SubmissionActions } from "@/components/publisher/submission-actions";
import { SubmissionStatus } from "@/components/publisher/submission-status";
import { SubmissionTimeline } from "@/components/submission/submission-timeline";
import { Card } from "@/components/ui/card";
import { LiveUpdates } from "@/components/ui/live-updates";
import { Page } from "@/components/ui/page";
import { changeTokenOf } from "@/lib/marketplace/submissions/change-token";
import { getSubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import type { SubmissionView } from "@/lib/marketplace/submissions/submission-view";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";

export const metadata: Metadata = { title: "Submission", robots: { index: false } };

type SubmissionPageProps = { params: Promise<{ id: string }> };

const BACK = { href: "/publish", label: "My submissions" };

export default async function SubmissionPage({ params }: SubmissionPageProps) {
  const { id } = await params;
  const loaded = await loadFor(`/publish/submissions/${id}`, async (ctx) => ({
    submission: await getSubmission(ctx, { id }),
    report: (await getSubmissionReport(ctx, { id })).report,
  }));
  if (loaded.kind === "refused") {
    return (
      <Page title="Submission" back={BACK}>
        <Refused error={loaded.error} />
      </Page>
    );
  }
  const { submission, report } = loaded.value;
  return (
    <Page title={submission.repository} back={BACK}>
      <Updates submission={submission} />
      <div className="flex flex-col gap-8 lg:grid lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="contents min-w-0 lg:block lg:space-y-8">
          <SubmissionStatus submission={submission} />
          <CheckReport submission={submission} media={report ? listingMedia(report) : undefined} />
        </div>
        <div className="contents min-w-0 lg:block lg:space-y-6">
          {loaded.actor.userId === submission.submitter.id ? (
            <SubmissionActions submission={submission} actions={{ checkAgain, reply, withdraw }} />
          ) : null}
          <Card className="order-3">
            <h2 className="mb-4 text-lg font-semibold">History</h2>
            <SubmissionTimeline timeline={submission.timeline} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

/** Follows the submission while it changes without the user; without scripts the browser reloads the page. */
function Updates({ submission }: { submission: SubmissionView }) {
  switch (submission.state) {
    case "checking":
    case "errored":
    case "in_review":
      return (
        <>
          <LiveUpdates
            events={`/publish/submissions/${submission.id}/events`}
            changeToken={changeTokenOf(submission)}
          />
          <noscript>
            {submission.state === "checking" ? <meta httpEquiv="refresh" content="5" /> : null}
            <p className="text-sm text-ink-soft">
              This page doesn’t update without JavaScript.{" "}
              <a href={`/publish/submissions/${submission.id}`} className="text-accent underline">
                Reload page
              </a>
            </p>
          </noscript>
        </>
      );
    case "needs_changes":
    case "approved":
    case "declined":
    case "withdrawn":
      return null;
  }
}
