import { isOutside } from "@/lib/extension/reinspection/image-facts";
import { plainText } from "@/lib/extension/reinspection/plain-text";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import type { MediaReport } from "@/lib/extension/report/media-report";
import { attestedBy, type SupplyChainReport } from "@/lib/extension/report/supply-chain-report";

/** Whether both reports name the same images, links and backend images, so that they need no new check. */
export function hasSameSurroundings(before: InspectionReport, after: InspectionReport): boolean {
  return namedOutside(before) === namedOutside(after);
}

function namedOutside({ media, capabilities }: InspectionReport): string {
  return plainText([addressesOf(media), [...capabilities.backendImages].sort()]);
}

function addressesOf({ icon, screenshots, links }: MediaReport): (string | undefined)[] {
  return [icon?.url, ...screenshots.map(({ url }) => url), ...links.map(({ url }) => url)];
}

/**
 * Carries over from the old report what it knows about things outside the image: screenshots, links, backend images and
 * signatures. A publisher's server that is down today must not remove the screenshots. The rendered icon is kept if its
 * file is the same.
 */
export function withSurroundings(before: InspectionReport, after: InspectionReport): InspectionReport {
  const icon = sameIcon(before, after) ? before.icon : after.icon;
  const supplyChain = richer(before.supplyChain, after.supplyChain);
  const chain = supplyChain === before.supplyChain ? before : after;
  const inside = after.findings.filter(
    (finding) => !isOutside(finding) && !(finding.code === "icon_not_checked" && icon !== after.icon),
  );
  const outside = before.findings.filter(
    (finding) => isOutside(finding) && finding.code !== "provenance_missing",
  );
  const provenance = chain.findings.filter(({ code }) => code === "provenance_missing");
  return {
    ...after,
    icon,
    media: before.media,
    supplyChain,
    attestations: supplyChain === before.supplyChain ? before.attestations : attestedBy(supplyChain),
    findings: [...inside, ...outside, ...provenance],
  };
}

function sameIcon(before: InspectionReport, after: InspectionReport): boolean {
  if (before.icon === null) return false;
  if (after.icon !== null)
    return before.icon.path === after.icon.path && before.icon.layer === after.icon.layer;
  return after.findings.some(({ code }) => code === "icon_not_checked");
}

/** Attestations that the registry listed before stay: the digest is the same, even if the registry omits them today. */
function richer(before: SupplyChainReport, after: SupplyChainReport): SupplyChainReport {
  const lost = (before.provenance && !after.provenance) || (before.sbom && !after.sbom);
  return lost || (before.complete && !after.complete) ? before : after;
}
