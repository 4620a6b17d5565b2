import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { decideVersion } from "@/app/(admin)/admin/version-action";
import { ReinspectionProgress } from "@/components/admin/operations/reinspection-progress";
import { OpenVersionTable } from "@/components/admin/versions/open-version-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Tabs } from "@/components/ui/tabs";
import { getReinspection, type Reinspection } from "@/lib/marketplace/reinspection/progress";
import { listOpenVersions, type OpenVersion } from "@/lib/marketplace/versions/open-versions";

export const metadata: Metadata = { title: "Held versions", robots: { index: false } };

type VersionsPageProps = { searchParams: Promise<{ kind?: string | string[] }> };

type Kind = "held" | "moved";
type OpenVersionsProps = Record<Kind, readonly OpenVersion[]> & { kind: Kind; reinspection: Reinspection };

const ADDRESS: Record<Kind, string> = { held: "/admin/versions", moved: "/admin/versions?kind=moved" };

export default async function VersionsPage({ searchParams }: VersionsPageProps) {
  const kind = (await searchParams).kind === "moved" ? "moved" : "held";
  const loaded = await loadFor(ADDRESS[kind], async (ctx) => ({
    held: await listOpenVersions(ctx, { kind: "held" }),
    moved: await listOpenVersions(ctx, { kind: "moved" }),
    reinspection: await getReinspection(ctx),
  }));
  return (
    <Page title="Held versions" lead="New versions of approved extensions that need a decision." width="fill">
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <OpenVersions {...loaded.value} kind={kind} />
      )}
    </Page>
  );
}

function OpenVersions({ kind, reinspection, ...open }: OpenVersionsProps) {
  const shown = open[kind];
  return (
    <>
      <ReinspectionProgress reinspection={reinspection} />
      <Tabs
        label="Reason"
        tabs={[
          { href: ADDRESS.held, label: "Held", count: open.held.length, current: kind === "held" },
          { href: ADDRESS.moved, label: "Moved tags", count: open.moved.length, current: kind === "moved" },
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState icon="check-circle" title={kind === "held" ? "No held versions" : "No moved tags"}>
          {kind === "held"
            ? "New versions that need no more access are listed automatically."
            : "Every tag still points to the image that was listed."}
        </EmptyState>
      ) : (
        <OpenVersionTable
          caption={kind === "held" ? "Held versions" : "Versions with a moved tag"}
          versions={shown}
          decide={decideVersion}
          from={ADDRESS[kind]}
        />
      )}
    </>
  );
}
