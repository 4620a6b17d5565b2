import { jsonArray } from "@/lib/catalog/encoding/json-array";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import type { LongText } from "@/lib/catalog/exports/export-document";
import { portableVersions } from "@/lib/catalog/exports/portable-versions";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { channelOf } from "@/lib/extension/reference/semver";

/** The catalog format of Podman Desktop. */
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
  /** Includes the registry's host. */
  ociUri: string;
  files: { assetType: "icon"; data: string }[];
};

/** The category that Podman's own catalog uses for such images. */
const CATEGORY = "Docker Desktop";

/** The text of a `PodmanCatalog`. */
export async function podmanCatalog(snapshot: Snapshot, origin: string): Promise<LongText> {
  let omitted = 0;
  const extensions = await mapWithYield(snapshot.listed(), (view) => {
    const { versions, omitted: left } = portableVersions(view, "prerelease");
    omitted += left + (versions.length === 0 ? 1 : 0);
    return versions.length === 0 ? [] : [JSON.stringify(extensionOf(view, versions, origin))];
  });
  return { pieces: ['{"extensions":', ...jsonArray(extensions.flat()), "}"], omitted };
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

/** Makes a namespace usable in Podman Desktop's `publisher.name` id, including the registry's host. */
function idPart(namespace: string): string {
  return namespace.replace(/[/:]/g, "-");
}
