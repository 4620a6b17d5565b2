import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { retry } from "@/app/(admin)/admin/dead-letters/actions";
import { DeadLetterTable } from "@/components/admin/operations/dead-letter-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { listDeadLetters } from "@/lib/marketplace/dead-letters/list-dead-letters";

export const metadata: Metadata = { title: "Dead letters", robots: { index: false } };

export default async function DeadLettersPage() {
  const loaded = await loadFor("/admin/dead-letters", listDeadLetters);
  return (
    <Page
      title="Dead letters"
      lead="Jobs that Gantry stopped retrying because they crashed its process. Update Gantry or find the cause in the log, then retry."
      width="fill"
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : loaded.value.length === 0 ? (
        <EmptyState icon="check-circle" title="No dead letters">
          A job appears here after it has crashed Gantry several times, the last three times while it ran
          alone.
        </EmptyState>
      ) : (
        <DeadLetterTable letters={loaded.value} retry={retry} />
      )}
    </Page>
  );
}
