/** What the catalog knows, close to the rows it was read from: the one input of everything that is served. */

import type { DesktopRelease } from "@/lib/extension/desktop-release";
import type { Policy } from "@/lib/extension/policy";
import type { EntryFacts } from "@/lib/marketplace/entry-facts";
import type { VersionFacts } from "@/lib/marketplace/offerable";

export type CatalogRecords = {
  /** The database's number of this state; it rises with each change. */
  revision: bigint;
  policy: Policy;
  releases: readonly DesktopRelease[];
  /** Extensions with an allow-list entry, by canonical repository. */
  extensions: ReadonlyMap<string, ExtensionRecord>;
};

export type ExtensionRecord = {
  repository: string;
  deprecated: { message: string; replacement: string | null } | null;
  movedTo: string | null;
  entry: EntryFacts;
  /** Versions that anybody may see: listed, yanked and blocked ones. */
  versions: readonly VersionRecord[];
};

/** Times are RFC 3339 texts. */
export type VersionRecord = VersionFacts & {
  reason: { code: string; message: string } | null;
  listedAt: string | null;
  moved: { digest: string; seenAt: string } | null;
  missingSince: string | null;
};

/** What changed since a revision: these extensions replace the old ones, those without an entry go. */
export type RecordChanges = {
  revision: bigint;
  policy: Policy;
  releases: readonly DesktopRelease[];
  changed: readonly ExtensionRecord[];
  gone: readonly string[];
};

export const NO_RECORDS_REVISION = -1n;

/** `previous` undefined: the changes are everything there is. */
export function applyChanges(previous: CatalogRecords | undefined, changes: RecordChanges): CatalogRecords {
  const extensions = new Map(previous?.extensions);
  for (const repository of changes.gone) extensions.delete(repository);
  for (const record of changes.changed) extensions.set(record.repository, record);
  return { revision: changes.revision, policy: changes.policy, releases: changes.releases, extensions };
}
