import { DefinitionList } from "@/components/ui/definition-list";
import type { SignatureReport, SupplyChainReport } from "@/lib/extension/supply-chain-report";

/** What stands beside the image about its making and its signers; said to be there, never to be true. */
export function SupplyChainList({ supplyChain }: { supplyChain: SupplyChainReport }) {
  return (
    <>
      <p className="mb-4 text-sm text-ink-soft">
        Present, not verified: whoever may push the image may push these. Compare them with what you expect.
      </p>
      <DefinitionList items={itemsOf(supplyChain)} />
    </>
  );
}

function itemsOf({ looked, provenance, sbom, referrers, signatures, complete }: SupplyChainReport) {
  const others = referrers.filter(({ kind }) => kind !== "signature");
  return [
    { term: "Provenance", details: provenance?.predicateType ?? "None" },
    ...(provenance?.builder ? [{ term: "Names as builder", details: provenance.builder }] : []),
    ...(provenance?.source ? [{ term: "Names as source", details: provenance.source }] : []),
    { term: "Bill of materials", details: sbom ?? "None in the index" },
    ...(looked === "registry"
      ? [
          { term: "Signatures", details: <Signatures signatures={signatures} complete={complete} /> },
          ...(others.length === 0
            ? []
            : [
                {
                  term: "Refer to it",
                  details: others.map(({ artifactType, kind }) => artifactType ?? kind).join(", "),
                },
              ]),
        ]
      : [{ term: "Signatures", details: "Not looked for in this version" }]),
  ];
}

function Signatures({ signatures, complete }: Pick<SupplyChainReport, "signatures" | "complete">) {
  const more = complete ? null : "The registry did not tell everything.";
  if (signatures.length === 0) return <>{more ?? "None"}</>;
  return (
    <ul className="space-y-1">
      {signatures.map((signature) => (
        <li key={`${signature.place} ${signature.digest} ${signature.signer?.identity}`}>
          {spoken(signature)}
        </li>
      ))}
      {more === null ? null : <li>{more}</li>}
    </ul>
  );
}

function spoken({ signer, place }: SignatureReport): string {
  const where = place === "tag" ? "beside the image" : "as a referrer";
  if (signer === null) return `One ${where}, which names nobody`;
  return `${signer.identity}${signer.issuer === null ? "" : `, by the word of ${signer.issuer}`} (${where})`;
}
