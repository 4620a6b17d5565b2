import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { changeOwnPassword, signOut } from "@/app/(account)/account/actions";
import { DatabaseAway } from "@/app/database-away";
import { currentViewer } from "@/app/viewer";
import { PasswordForm } from "@/components/account/password-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { identity } from "@/lib/identity/identity";
import type { CurrentSession } from "@/lib/identity/read-session";
import { isSessionExposed } from "@/lib/identity/session-cookie";

export const metadata: Metadata = { title: "Your account", robots: { index: false } };

export default async function AccountPage() {
  const viewer = await currentViewer();
  if (viewer.kind === "anonymous") redirect("/sign-in?next=/account");
  return (
    <Page title="Your account" width="narrow">
      {viewer.kind === "unknown" ? <DatabaseAway /> : <Account session={viewer.session} />}
    </Page>
  );
}

function Account({ session: { actor, email } }: { session: CurrentSession }) {
  return (
    <>
      {actor.role === "admin" && isSessionExposed(identity.get().url) ? <PlainHttpNotice /> : null}
      <Card className="space-y-5">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          <dt className="text-ink-soft">Name</dt>
          <dd className="min-w-0 break-words">{actor.name}</dd>
          <dt className="text-ink-soft">E-mail</dt>
          <dd className="min-w-0 break-words">{email}</dd>
          <dt className="text-ink-soft">Role</dt>
          <dd>{actor.role}</dd>
        </dl>
        <form action={signOut}>
          <Button type="submit" look="quiet" className="w-full">
            Sign out
          </Button>
        </form>
      </Card>
      <Card>
        <h2 className="mb-4 text-lg font-semibold">Change your password</h2>
        <PasswordForm action={changeOwnPassword} email={email} />
      </Card>
    </>
  );
}

function PlainHttpNotice() {
  return (
    <Notice tone="warning" title="Sessions travel unprotected">
      This Gantry is reached by plain http, so anybody on the way can read the session cookie. Put it behind
      https and set <code>GANTRY_URL</code> to that address.
    </Notice>
  );
}
