import type { ServerResponse } from "node:http";
import { sessionCookieName } from "@/lib/identity/sessions/session-cookie";

/**
 * Sends `Clear-Site-Data` with the answer that takes the session cookie away, so that signing out also empties the
 * browser's storage for this site (W3C Clear Site Data, section 3.1). Leaves `"cookies"` out: it would sign people out
 * of other hosts of the same domain, and forget the device that `known-device.ts` lets pass.
 */
export function clearSiteDataOnSignOut(res: ServerResponse, url: string): void {
  const cleared = `${sessionCookieName(url)}=;`;
  const send = res.writeHead;
  res.writeHead = ((...head: Parameters<typeof send>) => {
    const cookies = [res.getHeader("set-cookie") ?? []].flat();
    if (cookies.some((cookie) => String(cookie).startsWith(cleared)))
      res.setHeader("clear-site-data", '"storage"');
    return send.apply(res, head);
  }) as typeof send;
}
