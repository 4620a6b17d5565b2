import type { Metadata } from "next";
import { listingMedia } from "@/app/_page/listing-media";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { checkAgain, decideSubmission } from "@/app/(admin)/admin/submissions/[id]/actions";
import { type Case, readCase } from "@/app/(admin)/admin/submissions/[id]/load";
import { CaseFacts } from "@/components/admin/case/case-facts";
import { CaseEvidence } from "@/components/admin/review/case-evidence";
import { CaseStatus } from "@/components/admin/review/case-status";
import { DecisionBar } from "@/components/admin/review/decision-bar";
import { SkippedTags } from "@/components/report/skipped-tags";
import { SubmissionTimeline } from "@/components/submission/submission-timeline";
import { Card } from "@/components/ui/card";
import { LiveUpdates } from "@/components/ui/live-updates";
import { Page } from "@/components/ui/page";
import { changeTokenOf } from "@/lib/marketplace/submissions/change-token";

export const metadata: Metadata = { title: "Review a submission", robots: { index: false } };

type CasePageProps = { params: Promise<{ id: string }> };

const BACK = { href: "/admin", label: "Review queue" };

export default async function CasePage({ params }: CasePageProps) {
  const { id } = await params;
  const loaded = await loadFor(`/admin/submissions/${id}`, (ctx) => readCase(ctx, id));
  if (loaded.kind === "refused") {
    return (
      <Page title="Review a submission" width="fill" back={BACK}>
        <Refused error={loaded.error} />
      </Page>
    );
  }
  return <CaseFile {...loaded.value} />;
}

function CaseFile({ submission, inspected, difference, refusal }: Case) {
  const { repository, candidate, state } = submission;
  const waits = state === "checking" || state === "errored";
  return (
    <Page title={inspected.report?.labels.title ?? repository} lead={repository} width="fill" back={BACK}>
      {waits ? (
        <LiveUpdates
          events={`/publish/submissions/${submission.id}/events`}
          changeToken={changeTokenOf(submission)}
        />
      ) : null}
      <CaseStatus submission={submission} refusal={refusal} check={checkAgain} />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="min-w-0 space-y-8">
          <CaseFacts submission={submission} report={inspected.report} />
          <CaseEvidence
            {...inspected}
            findings={inspected.report?.findings ?? []}
            difference={difference}
            media={inspected.report ? listingMedia(inspected.report) : undefined}
          />
          <SkippedTags tags={submission.skippedTags} />
        </div>
        <Card className="h-fit">
          <h2 className="mb-4 text-lg font-semibold">History</h2>
          <SubmissionTimeline timeline={submission.timeline} />
        </Card>
      </div>
      {state === "in_review" && refusal === undefined ? (
        <DecisionBar subject={{ id: submission.id, repository, candidate }} action={decideSubmission} />
      ) : null}
    </Page>
  );
}
