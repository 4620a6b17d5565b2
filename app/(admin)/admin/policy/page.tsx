import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { savePolicy } from "@/app/(admin)/admin/policy/actions";
import { severityRows } from "@/app/(admin)/admin/policy/severity-rows";
import { PolicyFacts } from "@/components/admin/policy/policy-facts";
import { PolicyForm } from "@/components/admin/policy/policy-form";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { may } from "@/lib/identity/permissions";
import { getPolicy } from "@/lib/marketplace/policy/policy";

export const metadata: Metadata = { title: "Policy", robots: { index: false } };

export default async function PolicyPage() {
  const loaded = await loadFor("/admin/policy", getPolicy);
  return (
    <Page
      title="Policy"
      lead="Rules for new submissions and versions. Changes don’t affect what’s already listed."
      width="fill"
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : may(loaded.actor, "policy.change") ? (
        <Card className="max-w-4xl">
          <PolicyForm
            key={loaded.value.version}
            action={savePolicy}
            version={loaded.value.version}
            policy={loaded.value.policy}
            severities={severityRows(loaded.value.policy)}
          />
        </Card>
      ) : (
        <PolicyFacts policy={loaded.value.policy} />
      )}
    </Page>
  );
}
