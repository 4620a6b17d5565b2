import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { passForOneVendor } from "@/lib/extension/vendors/vendor-claim";
import type { Tx } from "@/lib/platform/db/database";

type Listed = { repository: string; vendor: string | null };

/** More vendors than this are not compared. */
const MAX_LISTED = 20_000;

/** Whether the vendor's name passes for that of a listed extension in another namespace: a reviewer has to know. */
export async function similarVendorFindings(
  tx: Tx,
  repository: string,
  vendor: string | null,
): Promise<Finding[]> {
  if (vendor === null) return [];
  const namespace = namespaceOf(repository);
  const listed = await tx.$queryRaw<Listed[]>`
    SELECT DISTINCT e."repository", i."report"->'labels'->>'vendor' AS "vendor"
    FROM "Version" v
    JOIN "Inspection" i ON i."id" = v."inspectionId"
    JOIN "Extension" e ON e."id" = v."extensionId"
    WHERE v."visibility" = 'listed' AND v."current"
    LIMIT ${MAX_LISTED}`;
  const other = listed.find(
    (one) =>
      one.vendor !== null &&
      namespaceOf(one.repository) !== namespace &&
      passForOneVendor(vendor, one.vendor),
  );
  if (other === undefined) return [];
  return [
    makeFinding("vendor_lookalike", { vendor, name: `${other.vendor} of ${namespaceOf(other.repository)}` }),
  ];
}

/** Who may push there is who pushes the others there, too. */
function namespaceOf(repository: string): string {
  return repository.slice(0, repository.lastIndexOf("/"));
}
