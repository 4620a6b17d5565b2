import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { LongText } from "@/lib/catalog/exports/export-document";
import { portableVersions } from "@/lib/catalog/exports/portable-versions";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";

/** The extension part of Rancher Desktop's settings tree. With a `version` it is a deployment profile. */
export type AllowedExtensions = {
  version?: number;
  application: { extensions: { allowed: { enabled: true; list: string[] } } };
};

/**
 * The text of an `AllowedExtensions`: the versions as `repository:tag`, which Rancher Desktop matches exactly. An empty list blocks every extension. `settingsVersion` is the profile version that the deployed Rancher
 * Desktop expects.
 */
export async function allowedExtensions(
  snapshot: Snapshot,
  settingsVersion: number | undefined,
): Promise<LongText> {
  let omitted = 0;
  const lists = await mapWithYield(snapshot.listed(), (view) => {
    const { versions, omitted: left } = portableVersions(view);
    omitted += left + (versions.length === 0 ? 1 : 0);
    return versions.map(({ tag }) => JSON.stringify(`${view.repository}:${tag}`)).join(",");
  });
  const application: AllowedExtensions["application"] = {
    extensions: { allowed: { enabled: true, list: [] } },
  };
  const around = settingsVersion === undefined ? { application } : { version: settingsVersion, application };
  const [before = "", after = ""] = JSON.stringify(around).split("[]");
  return { pieces: [before, ...jsonArray(lists.filter((one) => one !== "")), after], omitted };
}
