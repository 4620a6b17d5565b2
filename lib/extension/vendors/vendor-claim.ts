import { nearest } from "@/lib/extension/text/nearest";
import { RESERVED_VENDORS, type ReservedVendor } from "@/lib/extension/vendors/reserved-vendors";
import { letters, scriptsIn, skeleton } from "@/lib/extension/vendors/skeleton";

/** The result for a vendor name. `name`: the reserved name that it equals or resembles. */
export type VendorClaim =
  | { kind: "plain" }
  | { kind: "reserved"; name: string }
  | { kind: "lookalike"; name: string }
  | { kind: "mixed_script"; scripts: string[] };

/** Words that do not distinguish companies. */
const FILLERS = new Set(
  `ab ag bv co company corp corporation desktop engineering extension extensions gmbh group inc incorporated labs limited
  llc ltd nv official oy plc pty sa sas software spa srl studio team technologies technology the verified`.split(
    /\s+/,
  ),
);

/**
 * Whether a vendor name equals or resembles a reserved one, in a repository (canonical form) that its owner does not
 * control. A name that differs from a reserved one by a single letter also counts as a lookalike; a reviewer decides.
 */
export function vendorClaim(vendor: string, repository: string): VendorClaim {
  const claims = RESERVED_VENDORS.filter(
    ({ namespaces }) => !namespaces.some((space) => repository.startsWith(space)),
  );
  const owns = RESERVED_VENDORS.some(
    (one) => !claims.includes(one) && namesOf(one).includes(spelled(vendor)),
  );
  if (owns) return { kind: "plain" };
  const exact = claims.find((one) => namesOf(one).includes(spelled(vendor)));
  if (exact !== undefined) return { kind: "reserved", name: exact.name };
  const similar = claims.find((one) => looksLike(vendor, one));
  if (similar !== undefined) return { kind: "lookalike", name: similar.name };
  const scripts = scriptsIn(vendor);
  return mixesScripts(vendor) ? { kind: "mixed_script", scripts } : { kind: "plain" };
}

/** Whether two names are easily confused, or equal. */
export function passForOneVendor(one: string, other: string): boolean {
  const seen = skeleton(withoutFillers(letters(one)) || letters(one));
  return seen !== "" && seen === skeleton(withoutFillers(letters(other)) || letters(other));
}

function namesOf({ name, aliases }: ReservedVendor): string[] {
  return [name, ...aliases].map(spelled);
}

/** The name without case, spaces and generic words. */
function spelled(name: string): string {
  return withoutFillers(name.normalize("NFC").toLowerCase()) || name.toLowerCase();
}

function withoutFillers(name: string): string {
  return name
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !FILLERS.has(word))
    .join("");
}

function looksLike(vendor: string, { name, aliases }: ReservedVendor): boolean {
  const seen = skeleton(withoutFillers(letters(vendor)));
  return [name, ...aliases].some((one) => {
    const known = skeleton(withoutFillers(letters(one)));
    if (known === "" || seen === "") return false;
    return seen === known || nearest(seen, [known], allowedEdits(known)) !== undefined;
  });
}

/** Short names are too similar to each other for typo detection. */
function allowedEdits(name: string): number {
  if (name.length < 6) return 0;
  return name.length < 10 ? 1 : 2;
}

/** Scripts are compared within one word; a name can have words of several scripts. */
function mixesScripts(vendor: string): boolean {
  return vendor.split(/[^\p{L}\p{M}]+/u).some((word) => scriptsIn(word).length > 1);
}
