import type { ReactNode } from "react";
import { currentViewer } from "@/app/_page/viewer";
import { SiteFrame } from "@/app/site-frame";
import { IgnoredProxyNotice } from "@/components/admin/operations/ignored-proxy-notice";
import { CredentialAlarmNotice } from "@/components/admin/registries/credential-alarm-notice";
import { AdminNav } from "@/components/site/admin-nav";
import type { Actor } from "@/lib/journal/actor";
import { contextFor } from "@/lib/journal/context";
import {
  type CredentialsView,
  credentialAlarms,
} from "@/lib/marketplace/registry-credentials/list-credentials";
import { isAppError } from "@/lib/platform/errors";
import { ignoredProxy } from "@/lib/platform/ignored-proxy";

/** The frame of the review console. Every page checks permissions itself, because Next.js doesn't rerun layouts on navigation. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await currentViewer();
  if (viewer.kind !== "user") return <SiteFrame>{children}</SiteFrame>;
  const { role } = viewer.session.actor;
  const proxy = role === "admin" ? ignoredProxy.peek() : undefined;
  const alarms = role === "admin" ? await readAlarms(viewer.session.actor) : [];
  return (
    <SiteFrame>
      <div className="mx-auto flex max-w-7xl flex-col gap-6 px-4 py-4 lg:flex-row lg:gap-8 lg:py-8">
        <AdminNav role={role} />
        <div className="min-w-0 flex-1">
          {proxy === undefined && alarms.length === 0 ? null : (
            <aside aria-label="Operations" className="mb-6 space-y-4">
              {proxy === undefined ? null : <IgnoredProxyNotice peer={proxy.peer} />}
              {alarms.length === 0 ? null : <CredentialAlarmNotice alarms={alarms} />}
            </aside>
          )}
          {children}
        </div>
      </div>
    </SiteFrame>
  );
}

/** Without the database, the page itself says so. */
async function readAlarms(actor: Actor): Promise<CredentialsView[]> {
  try {
    return await credentialAlarms(contextFor(actor, undefined));
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}
