import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { importReleases } from "@/app/(admin)/admin/desktop-releases/import/actions";
import { ImportForm } from "@/components/admin/releases/import-form";
import { Page } from "@/components/ui/page";
import { requireReleaseChange } from "@/lib/marketplace/desktop-releases/desktop-releases";

export const metadata: Metadata = { title: "Import releases", robots: { index: false } };

export default async function ImportReleasesPage() {
  const loaded = await loadFor("/admin/desktop-releases/import", requireReleaseChange);
  return (
    <Page
      title="Import releases"
      lead="Adds the releases of a CSV file and replaces those that are known; other releases stay. With a problem in any line, nothing is imported."
      width="fill"
      back={{ href: "/admin/desktop-releases", label: "Desktop releases" }}
    >
      {loaded.kind === "refused" ? <Refused error={loaded.error} /> : <ImportForm action={importReleases} />}
    </Page>
  );
}
