import { ignoredProxy } from "@/lib/platform/ignored-proxy";
import type { Log } from "@/lib/platform/log";

/** Warns once, in the log and on admin pages: until the proxy is trusted, all its clients count as one network. */
export function noteIgnoredProxy(log: Log): (peer: string) => void {
  ignoredProxy.clear();
  return (peer) => {
    if (ignoredProxy.peek() !== undefined) return;
    ignoredProxy.set({ peer });
    log.warn(
      { peer },
      "a private peer sends X-Forwarded-For, which is ignored, so all of its clients count as one network; if it is your proxy, add it to GANTRY_TRUSTED_PROXIES",
    );
  };
}
