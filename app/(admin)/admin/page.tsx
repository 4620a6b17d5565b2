import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { FirstSteps } from "@/components/admin/review/first-steps";
import { ReviewTable } from "@/components/admin/review/review-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { Tabs } from "@/components/ui/tabs";
import type { Policy } from "@/lib/extension/policy/policy";
import type { Context } from "@/lib/journal/context";
import { getPolicy } from "@/lib/marketplace/policy/policy";
import { listReviewQueue, type ReviewQueue } from "@/lib/marketplace/submissions/review-queue";
import { formatRegistries, registries } from "@/lib/registry/registries";

export const metadata: Metadata = { title: "Review queue", robots: { index: false } };

type AdminPageProps = { searchParams: Promise<{ state?: string | string[]; skip?: string | string[] }> };

const PAGE_SIZE = 50;

const TABS = [
  { state: "in_review", label: "To review", since: "Waiting since", none: "All caught up" },
  {
    state: "needs_changes",
    label: "Needs changes",
    since: "Since",
    none: "No submissions need changes",
  },
  { state: "checking", label: "Checking", since: "Since", none: "No checks in progress" },
  { state: "errored", label: "Delayed", since: "Since", none: "No delayed checks" },
  { state: "approved", label: "Approved", since: "Decided", none: "No approved submissions" },
  { state: "declined", label: "Declined", since: "Decided", none: "No declined submissions" },
  { state: "withdrawn", label: "Withdrawn", since: "Withdrawn", none: "No withdrawn submissions" },
] as const;

type Tab = (typeof TABS)[number];

export default async function ReviewQueuePage({ searchParams }: AdminPageProps) {
  const asked = await searchParams;
  const tab = TABS.find(({ state }) => state === asked.state) ?? TABS[0];
  const skip = skipFrom(asked.skip);
  const loaded = await loadFor(addressOf(tab, 0), (ctx) => read(ctx, tab, skip));
  return (
    <Page title="Review queue" lead="Oldest first" width="fill">
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Queue {...loaded.value} tab={tab} skip={skip} />
      )}
    </Page>
  );
}

type QueueProps = { queue: ReviewQueue; policy: Policy };

async function read(ctx: Context, { state }: Tab, skip: number): Promise<QueueProps> {
  const queue = await listReviewQueue(ctx, { state, limit: PAGE_SIZE, skip });
  const { policy } = await getPolicy(ctx);
  return { queue, policy };
}

function Queue({ queue, policy, tab, skip }: QueueProps & { tab: Tab; skip: number }) {
  const { items, counts, more } = queue;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    const table = registries.get();
    return <FirstSteps registries={[...table.keys()]} setting={formatRegistries(table)} policy={policy} />;
  }
  return (
    <>
      <Tabs
        label="State"
        tabs={TABS.map((each) => ({
          href: addressOf(each, 0),
          label: each.label,
          count: counts[each.state],
          current: each.state === tab.state,
        }))}
      />
      {items.length === 0 ? (
        <EmptyState icon="check-circle" title={tab.none} />
      ) : (
        <ReviewTable caption={tab.label} items={items} since={tab.since} />
      )}
      <Pagination
        shown={`${skip + 1}–${skip + items.length} of ${counts[tab.state]}`}
        first={skip === 0 ? undefined : addressOf(tab, 0)}
        next={more === 0 ? undefined : addressOf(tab, skip + PAGE_SIZE)}
      />
    </>
  );
}

function addressOf({ state }: Tab, skip: number): string {
  const query = new URLSearchParams({
    ...(state === "in_review" ? {} : { state }),
    ...(skip === 0 ? {} : { skip: String(skip) }),
  });
  return query.size === 0 ? "/admin" : `/admin?${query}`;
}

function skipFrom(text: string | string[] | undefined): number {
  return typeof text === "string" && /^\d{1,6}$/.test(text) ? Number(text) : 0;
}
