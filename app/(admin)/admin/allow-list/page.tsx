import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { addRepository } from "@/app/(admin)/admin/allow-list/actions";
import { ENTRY_STATES } from "@/components/admin/entries/entry-state";
import { EntryTable } from "@/components/admin/entries/entry-table";
import { PausedRegistries } from "@/components/admin/entries/paused-registries";
import { expiryField, trackFields } from "@/components/admin/entries/track-fields";
import { ActionForm } from "@/components/ui/action-form";
import { buttonClasses } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { reasonField } from "@/components/ui/field-spec";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { Tabs } from "@/components/ui/tabs";
import type { EntryState } from "@/lib/extension/states/entry";
import { may } from "@/lib/identity/permissions";
import type { EntrySummary } from "@/lib/marketplace/entries/entry-view";
import { listAllEntries } from "@/lib/marketplace/entries/list-entries";
import { listPausedHosts } from "@/lib/marketplace/scans/host-pause";

export const metadata: Metadata = { title: "Allow-list", robots: { index: false } };

type EntriesPageProps = { searchParams: Promise<{ state?: string | string[] }> };

const STATES: readonly EntryState[] = ["active", "suspended", "expired", "revoked"];

export default async function EntriesPage({ searchParams }: EntriesPageProps) {
  const asked = (await searchParams).state;
  const state = STATES.find((each) => each === asked);
  const loaded = await loadFor(hrefOf(state), async (ctx) => ({
    entries: await listAllEntries(ctx, {}),
    canAdd: may(ctx.actor, "entry.add"),
    paused: await listPausedHosts(ctx),
  }));
  const canAdd = loaded.kind === "loaded" && loaded.value.canAdd;
  return (
    <Page
      title="Allow-list"
      lead="Every approved repository, in every state."
      width="fill"
      actions={
        <>
          <Link plain href="/admin/allow-list/changes" className={buttonClasses("quiet")}>
            <Icon name="history" />
            View changes
          </Link>
          {canAdd ? (
            <a href="#add" className={buttonClasses()}>
              <Icon name="plus" />
              Add a repository
            </a>
          ) : null}
        </>
      }
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <>
          <PausedRegistries hosts={loaded.value.paused} />
          <Entries entries={loaded.value.entries} state={state} canAdd={canAdd} />
          {canAdd ? <AddRepository /> : null}
        </>
      )}
    </Page>
  );
}

type EntriesProps = { entries: readonly EntrySummary[]; state: EntryState | undefined; canAdd: boolean };

function Entries({ entries, state, canAdd }: EntriesProps) {
  const shown = entries.filter((entry) => state === undefined || entry.state === state);
  return (
    <>
      <Tabs
        label="State"
        tabs={[undefined, ...STATES].map((each) => ({
          href: hrefOf(each),
          label: each ? ENTRY_STATES[each].label : "All",
          count: entries.filter((entry) => each === undefined || entry.state === each).length,
          current: each === state,
        }))}
      />
      {shown.length > 0 ? (
        <EntryTable entries={shown} />
      ) : (
        <EmptyState
          icon="list"
          title={entries.length === 0 ? "The allow-list is empty" : "No entries in this state"}
        >
          {entries.length === 0
            ? `Approve a submission in the review queue${canAdd ? ", or add a repository below" : ""}.`
            : "Select another state above."}
        </EmptyState>
      )}
    </>
  );
}

function AddRepository() {
  return (
    <Card className="max-w-2xl">
      <h2 id="add" className="scroll-mt-4 text-lg font-semibold">
        Add a repository
      </h2>
      <p className="mt-1 mb-5 text-pretty text-ink-soft">
        Gantry checks it like any submission and approves it automatically if it passes. If it needs review,
        it goes to the review queue, unless you enter the digest that you reviewed.
      </p>
      <ActionForm
        action={addRepository}
        id="add-entry"
        submit="Add repository"
        submitWidth="fit"
        fields={[
          {
            kind: "line",
            name: "repository",
            label: "Repository",
            hint: "For example acme/disk-lens.",
            required: true,
            maxLength: 2000,
            mono: true,
          },
          {
            kind: "line",
            name: "expectedDigest",
            label: "Reviewed digest (optional)",
            hint: "sha256: followed by 64 hexadecimal digits. If the newest version is a different image, a reviewer decides.",
            maxLength: 200,
            mono: true,
          },
          ...trackFields({ pinLabel: "Only the current version" }),
          expiryField(null),
          reasonField("Saved in the entry’s history and the audit log."),
        ]}
      />
    </Card>
  );
}

function hrefOf(state: EntryState | undefined): string {
  return state === undefined ? "/admin/allow-list" : `/admin/allow-list?state=${state}`;
}
