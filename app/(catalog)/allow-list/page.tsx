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
  title: "Allow-list",
  description:
    "The exact version and digest of every extension that may be installed, now or at a past instant.",
};

export default async function AllowListPage({ searchParams }: { searchParams: SearchParams }) {
  const chosen = await chosenHost(searchParams);
  const at = one((await searchParams).at)?.trim() || undefined;
  const list = await loadAllowList(at);
  const here = at === undefined ? "/allow-list" : `/allow-list?${new URLSearchParams({ at })}`;
  return (
    <CatalogFrame chosen={chosen} here={here}>
      <Page title="Allow-list" lead="What clients may install, each with its exact version and digest.">
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
            This list as JSON
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
    case "away":
      return (
        <Notice tone="warning" title="The history can't be read at the moment">
          The database does not answer. Try again in a few seconds, or see{" "}
          <Link href="/allow-list">the list in force now</Link>.
        </Notice>
      );
    case "busy":
      return (
        <Notice tone="warning" title="Too many people are looking at the past">
          Try again in a few seconds, or see <Link href="/allow-list">the list in force now</Link>.
        </Notice>
      );
    case "list":
      return (
        <>
          <p className="text-ink-soft">
            {list.items.length === 1 ? "1 extension" : `${list.items.length} extensions`}
            {list.at ? (
              <>
                {" "}
                on <Time at={list.at} as="exact" />
              </>
            ) : (
              " in force now"
            )}
          </p>
          {list.items.length === 0 ? (
            <EmptyState icon="list" title={list.at ? "Nothing was allowed then" : "Nothing is allowed yet"}>
              {list.at
                ? "No entry was in force at that instant."
                : "Entries appear here when reviewers approve them."}
            </EmptyState>
          ) : (
            <AllowListTable items={list.items} />
          )}
        </>
      );
  }
}
