import { Notice } from "@/components/ui/notice";

/** Tells admins that limits see one client in place of all who come through a proxy. */
export function IgnoredProxyNotice({ peer }: { peer: string }) {
  return (
    <Notice tone="warning" title="A proxy is not trusted yet">
      <code>{peer}</code> forwards requests with <code>X-Forwarded-For</code>, which Gantry ignores. All of
      its clients share the limits of one network. If it is your proxy, add its address to{" "}
      <code>GANTRY_TRUSTED_PROXIES</code> and restart Gantry.
    </Notice>
  );
}
