import type { Metadata } from "next";
import { headers } from "next/headers";
import { DatabaseUnavailable } from "@/app/_page/database-unavailable";
import { acceptInvitation } from "@/app/(account)/invite/[token]/actions";
import { loadInvitation } from "@/app/(account)/invite/[token]/load";
import { InvitationForm } from "@/components/account/invitation-form";
import { Card } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { CLIENT_IP_HEADER } from "@/lib/identity/requests/request-headers";

export const metadata: Metadata = { title: "Accept your invitation", robots: { index: false } };

const WELCOME = { title: "Welcome to Gantry", lead: "Choose a password to finish setting up your account." };
const RESET = {
  title: "Choose a new password",
  lead: "This signs you out everywhere else and revokes all your API tokens.",
};

type InvitationPageProps = { params: Promise<{ token: string }> };

export default async function InvitationPage({ params }: InvitationPageProps) {
  const { token } = await params;
  const ip = (await headers()).get(CLIENT_IP_HEADER) ?? "";
  const invitation = await loadInvitation({ token, ip });
  switch (invitation.kind) {
    case "unavailable":
      return (
        <Page title="Your invitation" width="narrow">
          <DatabaseUnavailable />
        </Page>
      );
    case "refused":
      return (
        <Page title="Your invitation" width="narrow">
          <Notice tone="warning" title={invitation.message}>
            {invitation.suggestion} <Link href="/sign-in">Sign in</Link>
          </Notice>
        </Page>
      );
    case "open":
      return (
        <Page {...(invitation.isReset ? RESET : WELCOME)} width="narrow">
          <Card>
            <InvitationForm
              action={acceptInvitation}
              token={token}
              email={invitation.email}
              name={invitation.name}
            />
          </Card>
        </Page>
      );
  }
}
