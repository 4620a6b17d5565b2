import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { putRelease, removeRelease } from "@/app/(admin)/admin/desktop-releases/actions";
import { type ReleaseActions, ReleaseTable, releaseFields } from "@/components/admin/releases/release-table";
import { RemovedReleases } from "@/components/admin/releases/removed-releases";
import { ActionForm } from "@/components/ui/action-form";
import { buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { isOutdated, type NewestRelease } from "@/lib/extension/desktop/release-age";
import { may } from "@/lib/identity/permissions";
import {
  type ReleaseOverview,
  readDesktopReleases,
} from "@/lib/marketplace/desktop-releases/desktop-releases";

export const metadata: Metadata = { title: "Desktop releases", robots: { index: false } };

export default async function DesktopReleasesPage() {
  const loaded = await loadFor("/admin/desktop-releases", readDesktopReleases);
  const mayChange = loaded.kind === "loaded" && may(loaded.actor, "desktopRelease.change");
  return (
    <Page
      title="Desktop releases"
      lead="Which Extension API each Docker Desktop release supports. Compatibility is based on this table."
      width="fill"
      actions={mayChange ? <Actions /> : undefined}
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Overview
          overview={loaded.value}
          actions={mayChange ? { put: putRelease, remove: removeRelease } : undefined}
        />
      )}
    </Page>
  );
}

type OverviewProps = { overview: ReleaseOverview; actions: ReleaseActions | undefined };

function Overview({ overview: { releases, removed, newest }, actions }: OverviewProps) {
  return (
    <>
      {newest !== undefined && isOutdated(newest) ? <OutdatedNotice newest={newest} /> : null}
      {releases.length === 0 ? (
        <EmptyState icon="desktop" title="No releases yet">
          Without releases, Gantry can only offer versions to clients that send their API version.
        </EmptyState>
      ) : (
        <ReleaseTable releases={releases} actions={actions} />
      )}
      <RemovedReleases releases={removed} put={actions?.put} />
    </>
  );
}

function OutdatedNotice({ newest: { version, releasedOn, ageDays } }: { newest: NewestRelease }) {
  return (
    <Notice tone="warning" title={`The newest known release is ${ageDays} days old`}>
      Docker Desktop {version} was released on {releasedOn}. For newer releases, Gantry assumes at least its
      Extension API. Upgrade Gantry, add releases from Docker’s release notes, or import a CSV file.
    </Notice>
  );
}

function Actions() {
  return (
    <>
      <Link plain href="/admin/desktop-releases/import" className={buttonClasses("quiet")}>
        Import releases
      </Link>
      <AddRelease />
    </>
  );
}

function AddRelease() {
  return (
    <ActionForm
      action={putRelease}
      id="add-release"
      dialog={{ trigger: "Add release", title: "Add a Docker Desktop release", look: "primary" }}
      fields={[
        {
          kind: "line",
          name: "version",
          label: "Docker Desktop version",
          hint: "Three numbers, such as 4.45.0. Replaces an existing release.",
          required: true,
          mono: true,
          maxLength: 64,
        },
        ...releaseFields(undefined),
      ]}
      submit="Add release"
    />
  );
}
