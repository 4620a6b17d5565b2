import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { signOut } from "@/app/_page/sign-out";
import { changeOwnPassword } from "@/app/(account)/account/actions";
import { changeOwnName } from "@/app/(account)/account/own-actions";
import { tokenCount } from "@/components/account/account-labels";
import { AccountTabs } from "@/components/account/account-tabs";
import { PasswordForm } from "@/components/account/password-form";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { identity } from "@/lib/identity/identity";
import { isSessionExposed } from "@/lib/identity/sessions/session-cookie";
import { type OwnAccount, readOwnAccount } from "@/lib/identity/users/read-own-account";

export const metadata: Metadata = { title: "Your account", robots: { index: false } };

export default async function AccountPage() {
  const loaded = await loadFor("/account", readOwnAccount);
  return (
    <Page title="Your account" width="text" actions={<SignOut />}>
      <AccountTabs current="profile" />
      {loaded.kind === "refused" ? <Refused error={loaded.error} /> : <Account {...loaded.value} />}
    </Page>
  );
}

function SignOut() {
  return (
    <form action={signOut}>
      <Button type="submit" look="quiet">
        Sign out
      </Button>
    </form>
  );
}

function Account({ user: { email, name, role }, tokens }: OwnAccount) {
  return (
    <>
      {role === "admin" && isSessionExposed(identity.get().url) ? <PlainHttpNotice /> : null}
      <Card className="space-y-5">
        <h2 className="text-lg font-semibold">Profile</h2>
        <DefinitionList
          items={[
            { term: "Email", details: email },
            { term: "Role", details: role },
          ]}
        />
        <ActionForm
          key={name}
          action={changeOwnName}
          id="profile"
          fields={[
            {
              kind: "line",
              name: "name",
              label: "Name",
              hint: "Shown with your submissions and decisions.",
              required: true,
              maxLength: 100,
              autoComplete: "name",
              value: name,
            },
          ]}
          submit="Change name"
          submitWidth="fit"
        />
      </Card>
      <Card>
        <h2 className="text-lg font-semibold">Change your password</h2>
        <p className="mt-1 mb-5 text-pretty text-ink-soft">{whatEnds(tokens)}</p>
        <PasswordForm action={changeOwnPassword} email={email} />
      </Card>
    </>
  );
}

function whatEnds(tokens: number): string {
  const signsOut = "This signs you out everywhere else";
  if (tokens === 0) return `${signsOut}.`;
  return `${signsOut} and revokes your ${tokenCount(tokens)}. Programs that use them stop working.`;
}

function PlainHttpNotice() {
  return (
    <Notice tone="warning" title="Unencrypted connection">
      This site uses plain HTTP, so anyone on the network can read session cookies. Put it behind HTTPS and
      set <code>GANTRY_URL</code> to that address.
    </Notice>
  );
}
