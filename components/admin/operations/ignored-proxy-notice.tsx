import { Notice } from "@/components/ui/notice";

/** Warns admins that rate limits treat everyone behind an untrusted proxy as one client. */
export function IgnoredProxyNotice({ peer }: { peer: string }) {
  return (
    <Notice tone="warning" title="Untrusted proxy">
      <code>{peer}</code> forwards requests with <code>X-Forwarded-For</code>, which Gantry ignores, so all of
      its clients share the rate limits of one network. If it is your proxy, add its address to{" "}
      <code>GANTRY_TRUSTED_PROXIES</code> and restart Gantry.
    </Notice>
  );
}
