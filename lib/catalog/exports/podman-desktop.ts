import { portableVersions } from "@/lib/catalog/exports/portable-versions";
import type { ExtensionView } from "@/lib/catalog/extension-view";
import type { Snapshot } from "@/lib/catalog/snapshot";
import { channelOf } from "@/lib/extension/semver";

/** The catalogue that Podman Desktop reads, in its own words. */
export type PodmanCatalog = { extensions: PodmanExtension[] };

export type PodmanExtension = {
  publisher: { publisherName: string; displayName: string };
  extensionName: string;
  displayName: string;
  shortDescription: string;
  license: string;
  categories: string[];
  keywords: string[];
  versions: PodmanVersion[];
};

export type PodmanVersion = {
  version: string;
  preview: boolean;
  /** RFC 3339. */
  lastUpdated: string;
  /** Host included. */
  ociUri: string;
  files: { assetType: "icon"; data: string }[];
};

/** What its own catalogue files such images under. */
const CATEGORY = "Docker Desktop";

export function podmanCatalog(
  snapshot: Snapshot,
  origin: string,
): { catalog: PodmanCatalog; omitted: number } {
  const extensions: PodmanExtension[] = [];
  let omitted = 0;
  for (const view of snapshot.listed()) {
    const { versions, lost } = portableVersions(view, "prerelease");
    omitted += lost.length + (versions.length === 0 ? 1 : 0);
    if (versions.length > 0) extensions.push(extensionOf(view, versions, origin));
  }
  return { catalog: { extensions }, omitted };
}

function extensionOf(
  view: ExtensionView,
  versions: ReturnType<typeof portableVersions>["versions"],
  origin: string,
): PodmanExtension {
  const { title, description, vendor, publisher, categories, icon } = view.summary();
  const files = icon === null ? [] : [{ assetType: "icon" as const, data: `${origin}${icon}` }];
  const since = view.record.entry.since.toISOString();
  return {
    publisher: { publisherName: idPart(publisher.name), displayName: vendor ?? publisher.name },
    extensionName: view.repository.slice(view.repository.lastIndexOf("/") + 1),
    displayName: title ?? view.repository,
    shortDescription: description ?? "",
    license: view.portable().licenses ?? "",
    categories: [CATEGORY],
    keywords: categories,
    versions: versions.map(({ tag, version, listedAt }) => ({
      version: version.text,
      preview: channelOf(version) === "prerelease",
      lastUpdated: listedAt ?? since,
      ociUri: `${view.record.repository}:${tag}`,
      files,
    })),
  };
}

/** Publisher and name make the id that Podman Desktop files things under, so that a registry's host is spelled into it. */
function idPart(namespace: string): string {
  return namespace.replace(/[/:]/g, "-");
}
