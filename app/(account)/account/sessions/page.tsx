import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { endOneSession, endOtherSessions } from "@/app/(account)/account/own-actions";
import { AccountTabs } from "@/components/account/account-tabs";
import { SessionTable } from "@/components/account/session-table";
import { ActionForm } from "@/components/ui/action-form";
import { Page } from "@/components/ui/page";
import type { SessionView } from "@/lib/identity/sessions/session-view";
import { listSessions } from "@/lib/identity/sessions/sessions";

export const metadata: Metadata = { title: "Your sessions", robots: { index: false } };

export default async function SessionsPage() {
  const loaded = await loadFor("/account/sessions", listSessions);
  return (
    <Page title="Your account" width="text">
      <AccountTabs current="sessions" />
      {loaded.kind === "refused" ? <Refused error={loaded.error} /> : <Sessions sessions={loaded.value} />}
    </Page>
  );
}

function Sessions({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <>
      <p className="text-pretty text-ink-soft">
        The browsers that are signed in as you. Don’t recognize a session? End it and change your password.
      </p>
      <SessionTable sessions={sessions} end={endOneSession} />
      {sessions.length > 1 ? (
        <ActionForm
          action={endOtherSessions}
          id="end-others"
          submit="End all other sessions"
          look="danger"
          submitWidth="fit"
        />
      ) : null}
    </>
  );
}
