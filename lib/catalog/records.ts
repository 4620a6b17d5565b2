/** What the catalog knows, close to the rows it was read from: the one input of everything that is served. */

import type { DesktopRelease } from "@/lib/extension/desktop-release";
import type { Policy } from "@/lib/extension/policy";
import type { ExtensionRecord, RecordChanges } from "@/lib/marketplace/public-records";

export type CatalogRecords = {
  /** The database's number of this state; it rises with each change. */
  revision: bigint;
  policy: Policy;
  releases: readonly DesktopRelease[];
  /** Extensions with an allow-list entry, by canonical repository. */
  extensions: ReadonlyMap<string, ExtensionRecord>;
};

/** `previous` undefined: the changes are everything there is. */
export function applyChanges(previous: CatalogRecords | undefined, changes: RecordChanges): CatalogRecords {
  const extensions = new Map(previous?.extensions);
  for (const repository of changes.gone) extensions.delete(repository);
  for (const record of changes.changed) extensions.set(record.repository, record);
  return { revision: changes.revision, policy: changes.policy, releases: changes.releases, extensions };
}
