import type { Metadata } from "next";
import { loadFor } from "@/app/_page/page-context";
import { Refused } from "@/app/_page/refused";
import { endToken, makeToken } from "@/app/(account)/account/own-actions";
import { AccountTabs } from "@/components/account/account-tabs";
import { TokenForm } from "@/components/account/token-form";
import { TokenTable } from "@/components/account/token-table";
import { Card } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { listTokens } from "@/lib/identity/tokens/list-tokens";
import type { TokenView } from "@/lib/identity/tokens/token-view";
import type { Role } from "@/lib/journal/actor";

export const metadata: Metadata = { title: "Your API tokens", robots: { index: false } };

export default async function TokensPage() {
  const loaded = await loadFor("/account/tokens", listTokens);
  return (
    <Page title="Your account" width="text">
      <AccountTabs current="tokens" />
      {loaded.kind === "refused" ? (
        <Refused error={loaded.error} />
      ) : (
        <Tokens tokens={loaded.value} role={loaded.actor.role} />
      )}
    </Page>
  );
}

function Tokens({ tokens, role }: { tokens: readonly TokenView[]; role: Role }) {
  return (
    <>
      {tokens.length > 0 ? (
        <TokenTable tokens={tokens} now={new Date()} revoke={endToken} />
      ) : (
        <p className="text-ink-soft">You have no API tokens. Programs need one to act on your behalf.</p>
      )}
      <Card>
        <h2 className="mb-5 text-lg font-semibold">Create an API token</h2>
        <TokenForm action={makeToken} role={role} />
      </Card>
    </>
  );
}
