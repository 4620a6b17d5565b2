import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { deleteCredentials, putCredentials, tryCredentials } from "@/app/(admin)/admin/registries/actions";
import { AddCredentials } from "@/components/admin/registries/credentials-form";
import { RegistryList } from "@/components/admin/registries/registry-list";
import { Page } from "@/components/ui/page";
import { listRegistries } from "@/lib/marketplace/registry-credentials/list-credentials";

export const metadata: Metadata = { title: "Registries", robots: { index: false } };

export default async function RegistriesPage() {
  const loaded = await loadFor("/admin/registries", listRegistries);
  return (
    <Page
      title="Registries"
      lead="Read-only credentials for private repositories and higher pull limits. Scans, and the checks of admins and reviewers, use them. Publishers and visitors never do."
      width="fill"
      actions={
        loaded.kind === "loaded" ? (
          <AddCredentials action={putCredentials} hosts={loaded.value.map(({ host }) => host)} />
        ) : undefined
      }
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <RegistryList
          registries={loaded.value}
          actions={{ put: putCredentials, test: tryCredentials, remove: deleteCredentials }}
        />
      )}
    </Page>
  );
}
