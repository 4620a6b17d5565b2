import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { checkChain } from "@/app/(admin)/admin/audit/actions";
import { type AuditRequest, auditHref, auditRequest } from "@/app/(admin)/admin/audit/audit-request";
import { AuditList } from "@/components/admin/audit/audit-list";
import { ChainCheck } from "@/components/admin/audit/chain-check";
import { Button, buttonClasses } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Page } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { Select } from "@/components/ui/select";
import {
  type AuditPage as AuditRows,
  listAudit,
  listAuditActions,
} from "@/lib/marketplace/history/audit-log";

export const metadata: Metadata = { title: "Audit log", robots: { index: false } };

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const PAGE_SIZE = 50;

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const asked = auditRequest(await searchParams);
  const loaded = await loadFor(auditHref(asked), async (ctx) => ({
    page: await listAudit(ctx, {
      limit: PAGE_SIZE,
      action: asked.action,
      subjectId: asked.subject,
      cursor: asked.cursor === undefined ? undefined : BigInt(asked.cursor),
    }),
    actions: await listAuditActions(ctx),
  }));
  return (
    <Page title="Audit log" lead="Every change, newest first. Entries are tamper-evident." width="fill">
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <>
          <ChainCheck action={checkChain} />
          <Filters asked={asked} actions={loaded.value.actions} />
          <Rows page={loaded.value.page} asked={asked} />
        </>
      )}
    </Page>
  );
}

function Filters({ asked, actions }: { asked: AuditRequest; actions: readonly string[] }) {
  const filtered = asked.action !== undefined || asked.subject !== undefined;
  return (
    <form action="/admin/audit" method="get" className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto]">
      <Select
        key={asked.action}
        name="action"
        label="Action"
        options={[
          { value: "", label: "All actions" },
          ...actions.map((action) => ({ value: action, label: action })),
        ]}
        defaultValue={asked.action ?? ""}
      />
      <Field
        name="subject"
        label="Subject"
        placeholder="acme/disk-lens, 4.45.0 or an ID"
        autoComplete="off"
        maxLength={500}
        defaultValue={asked.subject}
      />
      <div className="flex gap-3">
        <Button type="submit" look="quiet">
          Filter entries
        </Button>
        {filtered ? (
          <Link plain href="/admin/audit" className={buttonClasses("plain")}>
            Clear
          </Link>
        ) : null}
      </div>
    </form>
  );
}

function Rows({ page, asked }: { page: AuditRows; asked: AuditRequest }) {
  if (page.items.length === 0) {
    return (
      <EmptyState icon="history" title="No matching entries">
        Select another action, or clear the filters.
      </EmptyState>
    );
  }
  return (
    <>
      <AuditList events={page.items} />
      <Pagination
        shown={page.total === 1 ? "1 entry" : `${page.items.length} of ${page.total} entries`}
        first={asked.cursor === undefined ? undefined : auditHref({ ...asked, cursor: undefined })}
        next={page.next === null ? undefined : auditHref({ ...asked, cursor: page.next })}
      />
    </>
  );
}
