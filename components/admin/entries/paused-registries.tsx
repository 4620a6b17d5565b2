import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { PausedHost } from "@/lib/marketplace/scans/host-pause";

/** Registries that demand a pause, which delays the scans of all their repositories. */
export function PausedRegistries({ hosts }: { hosts: readonly PausedHost[] }) {
  if (hosts.length === 0) return null;
  return (
    <Notice title="Scans are paused">
      <ul>
        {hosts.map(({ host, until }) => (
          <li key={host}>
            {host} rate-limits Gantry. Scans of its repositories continue <Time at={until} />.
          </li>
        ))}
      </ul>
      Listed versions and clients are not affected.
    </Notice>
  );
}
