/** Access to the images and pages that labels reference, one per process. It never sends credentials. */

import { createGuardedFetch } from "@/lib/egress/guarded-fetch";
import { mediaEgressRules } from "@/lib/egress/media-hosts";
import { networkSettings } from "@/lib/egress/network-settings";
import { createMediaPort, type MediaPort } from "@/lib/media/media-port";
import type { Env } from "@/lib/platform/env";

export type MediaAccess = { port: MediaPort; close(): Promise<void> };

/** Throws `configuration`. */
export async function openMediaAccess(
  env: Pick<Env, "mediaHosts" | "proxy" | "extraCaCertificates">,
): Promise<MediaAccess> {
  const fetch = createGuardedFetch({ ...mediaEgressRules(env.mediaHosts), ...(await networkSettings(env)) });
  return { port: createMediaPort({ fetch }), close: () => fetch.close() };
}
