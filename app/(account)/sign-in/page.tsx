import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { returnPath } from "@/app/_page/return-path";
import { currentViewer } from "@/app/_page/viewer";
import { signIn } from "@/app/(account)/sign-in/actions";
import { SignInForm } from "@/components/account/sign-in-form";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams;
  const target = returnPath(typeof next === "string" ? next : undefined);
  const viewer = await currentViewer();
  if (viewer.kind === "user") redirect(target);
  return (
    <Page title="Sign in" width="narrow">
      <Card>
        <SignInForm action={signIn} next={target} />
      </Card>
      <p className="text-sm text-ink-soft">
        Accounts are by invitation. Ask an admin for an invitation or a password reset.
      </p>
    </Page>
  );
}
