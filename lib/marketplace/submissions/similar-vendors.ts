/** Vendors whose name passes for that of a listed extension in another namespace: a reviewer has to know. */

import { type Finding, makeFinding } from "@/lib/extension/findings/finding";
import { passForOneVendor } from "@/lib/extension/vendors/vendor-claim";
import { readRevision } from "@/lib/marketplace/publishing/catalog-revision";
import type { Tx } from "@/lib/platform/db/database";

/** Who claims to be which vendor. */
type Claim = { repository: string; vendor: string | null };
type ListedVendor = { repository: string; vendor: string };

/** At most this many vendors are compared. */
const VENDORS_MAX = 20_000;

/** Compared with every listed vendor as of this revision of the catalog. */
export type VendorComparison = { revision: bigint; similar: readonly ListedVendor[] };

/** Compares all listed vendors. Call it before the transaction that needs `similarVendorFindings`. */
export async function compareVendors(db: Tx, claim: Claim): Promise<VendorComparison> {
  const revision = await readRevision(db);
  if (claim.vendor === null) return { revision, similar: [] };
  return { revision, similar: similarTo(claim, await listedVendors(db, 0n)) };
}

/** The findings as of now: only what changed since the comparison is compared again. */
export async function similarVendorFindings(
  tx: Tx,
  claim: Claim,
  { revision, similar }: VendorComparison,
): Promise<Finding[]> {
  if (claim.vendor === null) return [];
  const changed = await tx.extension.findMany({
    where: { revision: { gt: revision } },
    select: { repository: true },
  });
  const repositories = new Set(changed.map(({ repository }) => repository));
  const later = changed.length === 0 ? [] : similarTo(claim, await listedVendors(tx, revision));
  const [other] = [...similar.filter(({ repository }) => !repositories.has(repository)), ...later];
  if (other === undefined) return [];
  const name = `${other.vendor} of ${namespaceOf(other.repository)}`;
  return [makeFinding("vendor_lookalike", { vendor: claim.vendor, name })];
}

/** The vendors of extensions that changed after `since`. */
function listedVendors(db: Tx, since: bigint): Promise<Claim[]> {
  return db.$queryRaw<Claim[]>`
    SELECT DISTINCT e."repository", i."report"->'labels'->>'vendor' AS "vendor"
    FROM "Version" v
    JOIN "Inspection" i ON i."id" = v."inspectionId"
    JOIN "Extension" e ON e."id" = v."extensionId"
    WHERE v."visibility" = 'listed' AND v."current" AND e."revision" > ${since}
    LIMIT ${VENDORS_MAX}`;
}

function similarTo({ repository, vendor }: Claim, listed: readonly Claim[]): ListedVendor[] {
  const namespace = namespaceOf(repository);
  return listed.flatMap((other) =>
    vendor !== null &&
    other.vendor !== null &&
    namespaceOf(other.repository) !== namespace &&
    passForOneVendor(vendor, other.vendor)
      ? [{ repository: other.repository, vendor: other.vendor }]
      : [],
  );
}

/** Repositories of one namespace share an owner. */
function namespaceOf(repository: string): string {
  return repository.slice(0, repository.lastIndexOf("/"));
}
