import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { vendorClaim } from "@/lib/extension/vendors/vendor-claim";

/** Findings about a vendor name in this repository (canonical form); none for an absent name. */
export function vendorFindings(vendor: string | null, repository: string): Finding[] {
  if (vendor === null) return [];
  const claim = vendorClaim(vendor, repository);
  switch (claim.kind) {
    case "plain":
      return [];
    case "reserved":
      return [makeFinding("reserved_vendor", { vendor, name: claim.name })];
    case "lookalike":
      return [makeFinding("vendor_lookalike", { vendor, name: claim.name })];
    case "mixed_script":
      return [makeFinding("vendor_mixed_script", { vendor, scripts: claim.scripts.join(", ") })];
  }
}
