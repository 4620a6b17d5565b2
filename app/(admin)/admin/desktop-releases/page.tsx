import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { putRelease, removeRelease } from "@/app/(admin)/admin/desktop-releases/actions";
import { ReleaseTable, releaseFields } from "@/components/admin/releases/release-table";
import { ActionForm } from "@/components/ui/action-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { may } from "@/lib/identity/permissions";
import { readDesktopReleases } from "@/lib/marketplace/desktop-releases/desktop-releases";

export const metadata: Metadata = { title: "Desktop releases", robots: { index: false } };

export default async function DesktopReleasesPage() {
  const loaded = await loadFor("/admin/desktop-releases", readDesktopReleases);
  const mayChange = loaded.kind === "loaded" && may(loaded.actor, "desktopRelease.change");
  return (
    <Page
      title="Desktop releases"
      lead="Which Extension API each Docker Desktop release supports. Compatibility is based on this table."
      width="fill"
      actions={mayChange ? <AddRelease /> : undefined}
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : loaded.value.length === 0 ? (
        <EmptyState icon="desktop" title="No releases yet">
          Without releases, Gantry can only offer versions to clients that send their API version.
        </EmptyState>
      ) : (
        <ReleaseTable
          releases={loaded.value}
          actions={mayChange ? { put: putRelease, remove: removeRelease } : undefined}
        />
      )}
    </Page>
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
