import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import {
  changeRole,
  invitePerson,
  invitePersonAgain,
  suspendPerson,
} from "@/app/(admin)/admin/users/actions";
import { InviteForm } from "@/components/admin/people/invite-form";
import { PeopleTable } from "@/components/admin/people/people-table";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { Pagination } from "@/components/ui/pagination";
import { listUsers, type UserPage } from "@/lib/identity/users/list-users";

export const metadata: Metadata = { title: "People", robots: { index: false } };

type UsersPageProps = { searchParams: Promise<{ cursor?: string | string[] }> };

const PAGE_SIZE = 50;

export default async function UsersPage({ searchParams }: UsersPageProps) {
  const { cursor } = await searchParams;
  const after = typeof cursor === "string" ? cursor : undefined;
  const loaded = await loadFor("/admin/users", (ctx) => listUsers(ctx, { limit: PAGE_SIZE, cursor: after }));
  return (
    <Page title="People" lead="Invite people with a one-time link." width="fill">
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <People page={loaded.value} self={loaded.actor.userId} isFirst={after === undefined} />
      )}
    </Page>
  );
}

function People({ page, self, isFirst }: { page: UserPage; self: string; isFirst: boolean }) {
  return (
    <>
      <Card>
        <h2 className="mb-4 text-lg font-semibold">Invite someone</h2>
        <InviteForm action={invitePerson} />
      </Card>
      <PeopleTable
        people={page.items}
        self={self}
        actions={{ inviteAgain: invitePersonAgain, changeRole, suspend: suspendPerson }}
      />
      <Pagination
        shown={page.total === 1 ? "1 person" : `${page.total} people`}
        first={isFirst ? undefined : "/admin/users"}
        next={page.next === undefined ? undefined : `/admin/users?cursor=${page.next}`}
      />
    </>
  );
}
