import { byteSize } from "@/components/text/byte-size";
import { DigestText } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { DefinitionList } from "@/components/ui/definition-list";
import type { InspectionDocument } from "@/lib/catalog/documents/inspection-document";

/** What was checked, and how much of it was read. */
export function PreflightFacts({ inspection }: { inspection: InspectionDocument }) {
  const { repository, tag, digest, title, vendor, description, platforms, attestations, cost } = inspection;
  const proofs = [attestations.provenance ? "provenance" : null, attestations.sbom ? "SBOM" : null];
  return (
    <DefinitionList
      items={[
        {
          term: "Image",
          details: (
            <>
              <code className="font-mono break-all">
                {tag === null ? repository : `${repository}:${tag}`}
              </code>
              <br />
              <DigestText digest={digest} copyLabel="Copy the digest of the image" />
            </>
          ),
        },
        { term: "Title", details: <ForeignText text={title ?? "Not provided"} /> },
        { term: "Vendor", details: <ForeignText text={vendor ?? "Not provided"} /> },
        { term: "Description", details: <ForeignText text={description ?? "Not provided"} /> },
        { term: "Compatibility", details: compatibilityText(inspection) },
        { term: "Platforms", details: platforms.map(platformText).join(", ") || "None" },
        { term: "Attestations", details: proofs.filter((proof) => proof !== null).join(", ") || "None" },
        {
          term: "Inspected",
          details: `${byteSize(cost.bytes)} of ${byteSize(cost.imageBytes)}, in ${cost.requests} requests`,
        },
      ]}
    />
  );
}

function platformText({ os, architecture, size }: InspectionDocument["platforms"][number]): string {
  return `${os}/${architecture} (${byteSize(size)})`;
}

/** Shows both readings of a version without an operator: Gantry can treat it as a minimum, other tools as exact. */
function compatibilityText({ requirement }: InspectionDocument): string {
  const { range, readings, minimumDesktop, message } = requirement;
  if (range === null || readings === null) return message ?? "Not provided";
  const desktop =
    minimumDesktop === null
      ? "No known Docker Desktop version"
      : `Docker Desktop ${minimumDesktop} and later`;
  const both =
    readings.minimum === readings.exact ? range : `${readings.minimum}, or exactly ${readings.exact}`;
  return `${desktop} (Extension API ${both})`;
}
