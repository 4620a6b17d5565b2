import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { returnPath } from "@/app/_page/return-path";
import { confirmOwnSignIn } from "@/app/(account)/sign-in/confirm/actions";
import { ConfirmForm } from "@/components/account/confirm-form";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { readOwnAccount } from "@/lib/identity/users/read-own-account";

export const metadata: Metadata = { title: "Confirm that it’s you", robots: { index: false } };

type ConfirmPageProps = { searchParams: Promise<{ next?: string | string[] }> };

/** Confirms the sign-in of this session: sensitive operations require a recent one. */
export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const { next } = await searchParams;
  const target = returnPath(typeof next === "string" ? next : undefined);
  const loaded = await loadFor(target, readOwnAccount);
  return (
    <Page
      title="Confirm that it’s you"
      lead="Sensitive changes require a recent sign-in. Enter your password to continue."
      width="narrow"
    >
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Card>
          <ConfirmForm action={confirmOwnSignIn} email={loaded.value.user.email} next={target} />
        </Card>
      )}
    </Page>
  );
}
