/** How a write becomes public: it bumps the catalog's revision and appends to the allow-list's history. */

import type { Context } from "@/lib/journal/context";
import { bumpCatalogRevision } from "@/lib/marketplace/publishing/catalog-revision";
import { recordListings } from "@/lib/marketplace/publishing/listing-history";
import type { Tx } from "@/lib/platform/db/database";

/**
 * Marks the extension as changed for the public. Call it after the change and before the audit row: the revision's
 * row lock is held until the commit, so revisions become visible in their order. `cause` names the act.
 */
export async function publishChange(
  tx: Tx,
  ctx: Context,
  extensionId: string,
  cause: string,
): Promise<bigint> {
  return publishChanges(tx, ctx, [extensionId], cause);
}

/** The same for a command that changes several extensions at once. */
export async function publishChanges(
  tx: Tx,
  ctx: Context,
  extensionIds: readonly string[],
  cause: string,
): Promise<bigint> {
  const revision = await bumpCatalogRevision(tx, "one");
  await tx.extension.updateMany({ where: { id: { in: [...extensionIds] } }, data: { revision } });
  await recordListings(tx, ctx, extensionIds, cause);
  return revision;
}
