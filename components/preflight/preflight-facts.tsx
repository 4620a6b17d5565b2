import { byteSize } from "@/components/text/byte-size";
import { DigestText } from "@/components/text/digest-text";
import { ForeignText } from "@/components/text/foreign-text";
import { DefinitionList } from "@/components/ui/definition-list";
import type { InspectionDocument } from "@/lib/catalog/documents/inspection-document";

/** What was looked at, and what it took. */
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
        { term: "Title", details: <ForeignText text={title ?? "Not said"} /> },
        { term: "Vendor", details: <ForeignText text={vendor ?? "Not said"} /> },
        { term: "What it does", details: <ForeignText text={description ?? "Not said"} /> },
        { term: "Works with", details: requirementWords(inspection) },
        { term: "Platforms", details: platforms.map(platformWords).join(", ") || "None" },
        { term: "Attestations", details: proofs.filter((proof) => proof !== null).join(", ") || "None" },
        {
          term: "Read",
          details: `${byteSize(cost.bytes)} in ${cost.requests} requests; pulling all of it would be ${byteSize(cost.imageBytes)}`,
        },
      ]}
    />
  );
}

function platformWords({ os, architecture, size }: InspectionDocument["platforms"][number]): string {
  return `${os}/${architecture} (${byteSize(size)})`;
}

/** Both readings where they differ: a bare version is a minimum here, and exact elsewhere. */
function requirementWords({ requirement }: InspectionDocument): string {
  const { range, readings, minimumDesktop, message } = requirement;
  if (range === null || readings === null) return message ?? "Not said";
  const desktop =
    minimumDesktop === null
      ? "no Docker Desktop that is known"
      : `Docker Desktop ${minimumDesktop} and newer ones`;
  const both =
    readings.minimum === readings.exact ? range : `${readings.minimum}, or exactly ${readings.exact}`;
  return `${desktop} (Extension API ${both})`;
}
