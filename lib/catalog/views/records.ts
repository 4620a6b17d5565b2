/** What the catalog knows, close to the rows it was read from: the one input of everything that is served. */

import type { DesktopRelease } from "@/lib/extension/desktop/desktop-release";
import type { Policy } from "@/lib/extension/policy/policy";
import type {
  BlockRecord,
  CatalogState,
  ExtensionRecord,
  RecordChanges,
} from "@/lib/marketplace/public-records";

export type CatalogRecords = CatalogState & {
  policy: Policy;
  releases: readonly DesktopRelease[];
  blocks: readonly BlockRecord[];
  /** Extensions with an allow-list entry, by canonical repository. */
  extensions: ReadonlyMap<string, ExtensionRecord>;
};

/** `previous` undefined: the changes are everything there is. */
export function applyChanges(previous: CatalogRecords | undefined, changes: RecordChanges): CatalogRecords {
  const { changed, gone, ...state } = changes;
  const extensions = new Map(previous?.extensions);
  for (const repository of gone) extensions.delete(repository);
  for (const record of changed) extensions.set(record.repository, record);
  return { ...state, extensions };
}
