import { portableVersions } from "@/lib/catalog/exports/portable-versions";
import type { Snapshot } from "@/lib/catalog/snapshot";

/** Rancher Desktop's settings tree, as far as it is about extensions. With a `version` it is a deployment profile. */
export type AllowedExtensions = {
  version?: number;
  application: { extensions: { allowed: { enabled: true; list: string[] } } };
};

/**
 * Every version that may be installed, as `repository:tag`, which Rancher Desktop takes for this tag only. An empty list
 * blocks every extension there. `settingsVersion` is the number that the deployed Rancher Desktop expects in profiles.
 */
export function allowedExtensions(
  snapshot: Snapshot,
  settingsVersion: number | undefined,
): { allowed: AllowedExtensions; omitted: number } {
  const list: string[] = [];
  let omitted = 0;
  for (const view of snapshot.listed()) {
    const { versions, lost } = portableVersions(view);
    list.push(...versions.map(({ tag }) => `${view.repository}:${tag}`));
    omitted += lost.length + (versions.length === 0 ? 1 : 0);
  }
  const application = { extensions: { allowed: { enabled: true, list } } } as const;
  const allowed = settingsVersion === undefined ? { application } : { version: settingsVersion, application };
  return { allowed, omitted };
}
