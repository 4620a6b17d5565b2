import type { ReactNode } from "react";
import { readFlash } from "@/app/_forms/flash";
import { signOut } from "@/app/_page/sign-out";
import { currentViewer, type Viewer } from "@/app/_page/viewer";
import type { Account } from "@/components/site/account";
import type { SearchFormProps } from "@/components/site/search-form";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { Flash } from "@/components/ui/flash";

type SiteFrameProps = { search?: SearchFormProps; host?: ReactNode; children: ReactNode };

/** Header and footer of every page, and the message of the last action. */
export async function SiteFrame({ search = {}, host, children }: SiteFrameProps) {
  const account = accountOf(await currentViewer());
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader account={account} signOut={signOut} search={search} host={host} />
      <div className="flex-1">{children}</div>
      <SiteFooter />
      {account.kind === "user" ? <LastAction /> : null}
    </div>
  );
}

/** Never for anonymous visitors, because all of them share one rendered page. */
async function LastAction() {
  const message = await readFlash();
  if (message === undefined) return null;
  return <Flash key={`${message.title} ${message.text}`} {...message} />;
}

export function accountOf(viewer: Viewer): Account {
  if (viewer.kind !== "user") return { kind: viewer.kind };
  const { name, role } = viewer.session.actor;
  return { kind: "user", name, role };
}
