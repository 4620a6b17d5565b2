import type { Metadata } from "next";
import { DatabaseUnavailable } from "@/app/_page/database-unavailable";
import { completeSetup } from "@/app/(account)/setup/actions";
import { loadSetup } from "@/app/(account)/setup/load";
import { SetupForm } from "@/components/account/setup-form";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";

export const metadata: Metadata = { title: "Set up Gantry", robots: { index: false } };

type SetupPageProps = { searchParams: Promise<{ token?: string | string[] }> };

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams;
  const state = await loadSetup();
  return (
    <Page
      title="Set up Gantry"
      lead={state === "open" ? "Create the first admin account. You can do this only once." : undefined}
      width="narrow"
    >
      {state === "unavailable" ? (
        <DatabaseUnavailable />
      ) : typeof token === "string" || state === "closed" ? (
        <SetupForm action={completeSetup} token={String(token ?? "")} closed={state === "closed"} />
      ) : (
        <TokenNeeded />
      )}
    </Page>
  );
}

function TokenNeeded() {
  return (
    <Notice title="Open the one-time setup link">
      The server printed the link when it started. You can also take the token from the file{" "}
      <code>setup-token</code> in the data folder and open <code>/setup?token=…</code>.
    </Notice>
  );
}
