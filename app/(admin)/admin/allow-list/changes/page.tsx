import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { queueTurn } from "@/app/_page/queue-turn";
import { Refused } from "@/app/_page/refused";
import { type Period, PRESETS, periodOf, presetHref } from "@/app/(admin)/admin/allow-list/changes/period";
import { ListingChanges } from "@/components/admin/changes/listing-changes";
import { PeriodForm } from "@/components/admin/changes/period-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Tabs } from "@/components/ui/tabs";
import { Time } from "@/components/ui/time";
import { authorize } from "@/lib/identity/permissions";
import {
  type AllowListDifference,
  allowListDifference,
} from "@/lib/marketplace/history/allow-list-difference";
import { systemClock } from "@/lib/platform/clock";

export const metadata: Metadata = { title: "Changes to the allow-list", robots: { index: false } };

type ChangesPageProps = { searchParams: Promise<{ from?: string | string[]; to?: string | string[] }> };

const HERE = "/admin/allow-list/changes";

export default async function ChangesPage({ searchParams }: ChangesPageProps) {
  const now = systemClock.now();
  const period = periodOf(await searchParams, now);
  const loaded = await loadFor(HERE, async ({ actor, db }) => {
    authorize(actor, "entry.change");
    return allowListDifference(db, period, await queueTurn());
  });
  return (
    <Page
      title="Changes to the allow-list"
      lead="What was added and removed in this period."
      width="fill"
      back={{ href: "/admin/allow-list", label: "Allow-list" }}
    >
      <Tabs
        label="Period"
        tabs={PRESETS.map(({ days, label }) => ({
          href: presetHref(days, now),
          label,
          current: period.preset === days,
        }))}
      />
      <PeriodForm action={HERE} days={period.days} />
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Difference difference={loaded.value} period={period} />
      )}
    </Page>
  );
}

function Difference({ difference, period }: { difference: AllowListDifference; period: Period }) {
  const { from, to, changes } = difference;
  return (
    <>
      <p className="text-sm text-ink-soft">
        From <Time at={from} as="exact" /> to {period.to === undefined ? "now, " : null}
        <Time at={to} as="exact" />.
      </p>
      {changes.length === 0 ? (
        <EmptyState icon="calendar" title="No changes">
          The list is the same at the start and end of the period. The history of each entry shows changes in
          between.
        </EmptyState>
      ) : (
        <ListingChanges changes={changes} />
      )}
    </>
  );
}
