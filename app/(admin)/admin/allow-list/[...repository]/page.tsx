import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import {
  changeExpiry,
  changeState,
  changeTrack,
  deprecate,
  move,
  moveBack,
  scanNow,
  undeprecate,
} from "@/app/(admin)/admin/allow-list/[...repository]/actions";
import { VersionCasePage } from "@/app/(admin)/admin/allow-list/[...repository]/version-case-page";
import { decideVersion } from "@/app/(admin)/admin/version-action";
import { parseExtensionPath } from "@/app/(catalog)/extensions/[...repository]/extension-path";
import { BrokenLinksNotice } from "@/components/admin/entries/broken-links-notice";
import { DecisionHistory } from "@/components/admin/entries/decision-history";
import { EntryActions } from "@/components/admin/entries/entry-actions";
import { EntryFacts } from "@/components/admin/entries/entry-facts";
import { LastScan } from "@/components/admin/entries/last-scan";
import { UnavailabilityNotice } from "@/components/admin/entries/unavailability-notice";
import { entryHref } from "@/components/admin/entry-address";
import { EntryVersions } from "@/components/admin/versions/entry-versions";
import { CapabilityList } from "@/components/report/capability-list";
import { Section } from "@/components/text/section";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { type EntryDetail, getEntry } from "@/lib/marketplace/entries/get-entry";

export const metadata: Metadata = { title: "Allow-list entry", robots: { index: false } };

type EntryPageProps = { params: Promise<{ repository: string[] }> };

export default async function EntryPage({ params }: EntryPageProps) {
  const path = parseExtensionPath((await params).repository);
  if (path === undefined) notFound();
  if (path.kind === "version") return <VersionCasePage {...path} />;
  const { repository } = path;
  const loaded = await loadFor(entryHref(repository), (ctx) => getEntry(ctx, { repository }));
  const entry = loaded.kind === "loaded" ? loaded.value : undefined;
  return (
    <Page
      title={entry?.title ?? repository}
      lead={entry?.title ? <span className="break-all">{entry.repository}</span> : undefined}
      back={{ href: "/admin/allow-list", label: "Allow-list" }}
      width="fill"
    >
      {loaded.kind === "refused" ? <Refused error={loaded.error} /> : <Entry entry={loaded.value} />}
    </Page>
  );
}

const ACTIONS = {
  changeState,
  changeTrack,
  changeExpiry,
  deprecate,
  undeprecate,
  move,
  moveBack,
  scanNow,
};

function Entry({ entry }: { entry: EntryDetail }) {
  const { repository, state, allVersions, envelope, history, lastScan } = entry;
  return (
    <div className="space-y-10">
      <Card className="space-y-5">
        <EntryFacts entry={entry} />
        <EntryActions entry={entry} actions={ACTIONS} />
      </Card>
      <Section id="versions" title="Versions">
        <div className="space-y-4">
          <UnavailabilityNotice refusal={entry.refusal} />
          <BrokenLinksNotice deadMedia={entry.deadMedia} />
          <LastScan
            repository={repository}
            scan={lastScan}
            scanNow={state === "revoked" ? undefined : scanNow}
          />
          {allVersions.length > 0 ? (
            <EntryVersions repository={repository} versions={allVersions} decide={decideVersion} />
          ) : (
            <p className="text-ink-soft">No versions found yet.</p>
          )}
        </div>
      </Section>
      <Section
        id="envelope"
        title="What the approval covers"
        lead={`Based on ${envelope.approved.length === 1 ? "1 reviewed image" : `${envelope.approved.length} reviewed images`}. New versions with the same access are listed automatically, unless policy says otherwise.`}
      >
        <Card>
          <CapabilityList capabilities={envelope.capabilities} />
        </Card>
      </Section>
      <Section id="history" title="Decisions">
        <DecisionHistory decisions={history} />
      </Section>
    </div>
  );
}
