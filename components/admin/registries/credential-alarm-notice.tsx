import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { CredentialsView } from "@/lib/marketplace/registry-credentials/list-credentials";

const NAMED_MAX = 3;

/** Warns admins on every page of the console that credentials do not work. */
export function CredentialAlarmNotice({ alarms }: { alarms: readonly CredentialsView[] }) {
  const names = alarms.map(({ host, namespace }) => (namespace === "" ? host : `${host}/${namespace}`));
  const others = names.length - NAMED_MAX;
  const named = names.slice(0, NAMED_MAX).join(", ");
  return (
    <Notice tone="warning" title="Registry credentials do not work">
      {others > 0 ? `${named} and ${others} more` : named}: private repositories there cannot be read.{" "}
      <Link href="/admin/registries">Check the credentials</Link>
    </Notice>
  );
}
