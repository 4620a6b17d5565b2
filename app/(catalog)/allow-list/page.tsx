import type { Metadata } from "next";
import { type AllowListView, loadAllowList } from "@/app/(catalog)/allow-list/load";
import { CatalogFrame } from "@/app/(catalog)/catalog-frame";
import { chosenHost, one, type SearchParams } from "@/app/(catalog)/catalog-request";
import { AllowListTable } from "@/components/catalog/allow-list/allow-list-table";
import { AsOfForm } from "@/components/catalog/allow-list/as-of-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { Time } from "@/components/ui/time";

export const metadata: Metadata = {
  title: "Approved versions",
  description:
    "The exact version and digest of every extension you can install, now or at a past date and time.",
};

export default async function AllowListPage({ searchParams }: { searchParams: SearchParams }) {
  const chosen = await chosenHost(searchParams);
  const at = one((await searchParams).at)?.trim() || undefined;
  const list = await loadAllowList(at);
  const here = at === undefined ? "/allow-list" : `/allow-list?${new URLSearchParams({ at })}`;
  return (
    <CatalogFrame chosen={chosen} here={here}>
      <Page
        title="Approved versions"
        lead="Every extension you can install, with its exact version and digest."
      >
        <AsOfForm at={at} problem={list.kind === "refused" ? list.message : undefined} />
        <Content list={list} />
        <p className="text-sm">
          <a
            href={
              list.kind === "list" && list.at
                ? `/api/v1/allow-list?at=${encodeURIComponent(list.at)}`
                : "/api/v1/allow-list"
            }
            className="text-accent underline underline-offset-2"
          >
            View this list as JSON
          </a>
        </p>
      </Page>
    </CatalogFrame>
  );
}

function Content({ list }: { list: AllowListView }) {
  switch (list.kind) {
    case "refused":
      return null;
    case "unavailable":
      return (
        <Notice tone="warning" title="History unavailable">
          The database is unavailable. Try again in a few seconds, or see{" "}
          <Link href="/allow-list">the current list</Link>.
        </Notice>
      );
    case "busy":
      return (
        <Notice tone="warning" title="Too many requests for past lists">
          Try again in a few seconds, or see <Link href="/allow-list">the current list</Link>.
        </Notice>
      );
    case "list":
      return (
        <>
          <p className="text-ink-soft">
            {list.items.length === 1 ? "1 approved extension" : `${list.items.length} approved extensions`}
            {list.at ? (
              <>
                {" "}
                on <Time at={list.at} as="exact" />
              </>
            ) : null}
          </p>
          {list.items.length === 0 ? (
            <EmptyState
              icon="list"
              title={list.at ? "No approved extensions at that time" : "No approved extensions yet"}
            >
              {list.at
                ? "The allow-list had no active entries."
                : "Extensions appear here once a reviewer approves them."}
            </EmptyState>
          ) : (
            <AllowListTable items={list.items} />
          )}
        </>
      );
  }
}
