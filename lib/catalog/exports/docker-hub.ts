/** The format of Docker Hub's own catalog of extensions, so that its clients can read this one. */

import { type KnownVersion, knownVersions } from "@/lib/catalog/documents/known-version";
import { installablePlatforms } from "@/lib/catalog/documents/version-document";
import { hubLabels } from "@/lib/catalog/exports/hub-labels";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionView } from "@/lib/catalog/views/extension-view";
import { DOCKER_HUB } from "@/lib/extension/reference/registry-host";
import { compareSemver } from "@/lib/extension/reference/semver";
import { offerableVersions } from "@/lib/marketplace/publishing/offerable";
import { AppError } from "@/lib/platform/errors";

export type HubMarketplace = { extensions: string[] };

export type HubVersion = {
  Tag: string;
  /** The digest of the index. */
  ManifestListDigest: string;
  /** `Size` is compressed, in bytes; `Created` is RFC 3339. */
  Platforms: { OS: string; Arch: string; Size: number; Created: string | null }[];
  Labels: Record<string, string>;
};

export type HubMetadata = {
  CreatedTime: string;
  UpdatedAt: string | null;
  Categories: string[];
  LatestVersion: HubVersion;
  PreviousVersions: HubVersion[];
};

const PREVIOUS_MAX = 4;

/** The allow-list's repositories on Docker Hub; the format cannot name others. */
export function hubMarketplace(snapshot: Snapshot): { marketplace: HubMarketplace; omitted: number } {
  const items = snapshot.allowListItems();
  const extensions = items.flatMap(({ repository, tag }) =>
    tag !== null && snapshot.find(repository)?.record.repository === `${DOCKER_HUB}/${repository}`
      ? [repository]
      : [],
  );
  return { marketplace: { extensions }, omitted: items.length - extensions.length };
}

/**
 * The extension with Docker Hub's key `namespace_repository`. Both parts can contain `_`, so a key can match several
 * repositories. Throws `not_found` or `ambiguous_key`.
 */
export function findByHubKey(snapshot: Snapshot, key: string): ExtensionView {
  const found = [...key.matchAll(/_/g)].flatMap(({ index }) => {
    const view = snapshot.find(`${key.slice(0, index)}/${key.slice(index + 1)}`);
    return view?.record.repository.startsWith(`${DOCKER_HUB}/`) && view.allowListItem()?.tag ? [view] : [];
  });
  const [view, other] = found;
  if (view === undefined) {
    throw new AppError("not_found", "No listed extension on Docker Hub has this key.", {
      suggestion: "GET /v2/extensions/marketplace.json lists the keys, in the form namespace_repository.",
    });
  }
  if (other === undefined) return view;
  const names = found.map(({ repository }) => repository);
  throw new AppError("ambiguous_key", `The key matches ${names.join(" and ")}.`, {
    suggestion: `Request one of them by name: GET /api/v1/extensions/${view.repository}.`,
    details: { repositories: names },
  });
}

/** The current version and the four before it. Label images are served by this instance or left out. */
export function hubMetadata(view: ExtensionView, now: Date, origin: string): HubMetadata {
  const { entry, versions } = view.record;
  const admitted = new Set(offerableVersions(entry, versions, now).map(({ tag }) => tag));
  const offerable = knownVersions(view.record).filter(({ record }) => admitted.has(record.tag));
  const latest = offerable.find(({ record }) => record.tag === view.allowListItem()?.tag);
  if (latest === undefined) {
    throw new AppError("not_found", `${view.repository} currently has no installable version.`, {
      suggestion: `For the reasons, see GET /api/v1/extensions/${view.repository}.`,
    });
  }
  const previous = offerable.filter(({ version }) => compareSemver(version, latest.version) < 0);
  return {
    CreatedTime: entry.since.toISOString(),
    UpdatedAt: latest.record.listedAt,
    Categories: view.summary().categories,
    LatestVersion: hubVersion(latest, origin),
    PreviousVersions: previous.slice(0, PREVIOUS_MAX).map((one) => hubVersion(one, origin)),
  };
}

function hubVersion({ record, report }: KnownVersion, origin: string): HubVersion {
  return {
    Tag: record.tag,
    ManifestListDigest: record.digest,
    Platforms: installablePlatforms(report).map(({ os, architecture, sizeBytes, created }) => ({
      OS: os,
      Arch: architecture,
      Size: sizeBytes,
      Created: created,
    })),
    Labels: hubLabels(report, origin),
  };
}
