/** The catalog's records, close to the rows they were read from: the only input of everything that is served. */

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

/** `previous` undefined: the changes are the complete state. */
export function applyChanges(previous: CatalogRecords | undefined, changes: RecordChanges): CatalogRecords {
  const { changed, gone, ...state } = changes;
  const extensions = new Map(previous?.extensions);
  for (const repository of gone) extensions.delete(repository);
  for (const record of changed) extensions.set(record.repository, record);
  return { ...state, extensions };
}
