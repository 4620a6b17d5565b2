import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { SubmissionTable } from "@/components/publisher/submission-table";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { listSubmissions, type SubmissionList } from "@/lib/marketplace/submissions/submissions";

export const metadata: Metadata = { title: "My submissions", robots: { index: false } };

type PublishPageProps = { searchParams: Promise<{ cursor?: string | string[] }> };

const PAGE_SIZE = 25;

export default async function PublishPage({ searchParams }: PublishPageProps) {
  const { cursor } = await searchParams;
  const after = typeof cursor === "string" ? cursor : undefined;
  const loaded = await loadFor("/publish", (ctx) =>
    listSubmissions(ctx, { limit: PAGE_SIZE, cursor: after, mine: true }),
  );
  return (
    <Page title="My submissions" lead="Your submissions and what happens next." actions={<SubmitLink />}>
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Submissions list={loaded.value} isFirstPage={after === undefined} />
      )}
    </Page>
  );
}

function Submissions({ list, isFirstPage }: { list: SubmissionList; isFirstPage: boolean }) {
  if (list.total === 0) {
    return (
      <EmptyState icon="package" title="No submissions yet" action={<SubmitLink />}>
        Push your extension’s image to a registry, then submit its repository. You get a report within
        seconds.
      </EmptyState>
    );
  }
  return (
    <>
      <SubmissionTable submissions={list.items} />
      <Pagination
        shown={list.total === 1 ? "1 submission" : `${list.total} submissions`}
        first={isFirstPage ? undefined : "/publish"}
        next={list.next === null ? undefined : `/publish?cursor=${list.next}`}
      />
    </>
  );
}

function SubmitLink() {
  return (
    <Link plain href="/publish/new" className={buttonClasses()}>
      <Icon name="plus" />
      Submit an extension
    </Link>
  );
}
