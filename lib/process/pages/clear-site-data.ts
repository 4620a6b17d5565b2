import type { ServerResponse } from "node:http";
import { sessionCookieName } from "@/lib/identity/sessions/session-cookie";

/**
 * Sends `Clear-Site-Data` with the response that clears the session cookie, so that signing out also empties the
 * browser's storage for this site (W3C Clear Site Data, section 3.1). Omits `"cookies"`, which would sign people out of
 * other hosts of the same domain and clear the known-device cookie (`known-device.ts`).
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
