import type { Tx } from "@/lib/platform/db/database";

export const CATALOG_CHANNEL = "gantry_catalog";

/**
 * The number of the catalog's next state. Its row lock is held until the commit, so that numbers become visible in
 * their order. Whoever listens learns of it by the commit.
 */
export async function raiseCatalogRevision(tx: Tx): Promise<bigint> {
  const { revision } = await tx.catalogRevision.update({
    where: { id: 1 },
    data: { revision: { increment: 1 } },
  });
  await tx.$executeRaw`SELECT pg_notify(${CATALOG_CHANNEL}, ${String(revision)})`;
  return revision;
}
