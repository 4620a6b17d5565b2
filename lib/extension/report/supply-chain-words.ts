import type {
  ReferrerKind,
  SignatureReport,
  SupplyChainReport,
} from "@/lib/extension/report/supply-chain-report";

export const PRESENT_NOT_VERIFIED =
  "Present, not verified: whoever may push the image may push these. Compare them with what you expect.";

/** `said` never is empty. */
export type SupplyChainFact = { term: string; said: string[] };

/** What stands beside an image, said to be there, never to be true. The texts are strangers'. */
export function supplyChainFacts({
  looked,
  provenance,
  sbom,
  referrers,
  signatures,
  complete,
}: SupplyChainReport): SupplyChainFact[] {
  const refers = (kind: ReferrerKind) => referrers.some((referrer) => referrer.kind === kind);
  const elsewhere = (kind: ReferrerKind) => (refers(kind) ? "As a referrer" : "None in the index");
  const others = referrers.filter(({ kind }) => kind !== "signature");
  const referring = others.map(({ artifactType, kind }) => artifactType ?? kind).join(", ");
  return [
    fact("Provenance", provenance ? kindOf(provenance.predicateType) : elsewhere("provenance")),
    ...(provenance?.builder ? [fact("Names as builder", provenance.builder)] : []),
    ...(provenance?.source ? [fact("Names as source", provenance.source)] : []),
    fact("Bill of materials", sbom === null ? elsewhere("sbom") : kindOf(sbom)),
    looked === "registry"
      ? { term: "Signatures", said: signatureLines(signatures, complete) }
      : fact("Signatures", "Not looked for in this version"),
    ...(looked === "registry" && others.length > 0 ? [fact("Refer to it", referring)] : []),
  ];
}

const KINDS: readonly [RegExp, string][] = [
  [/^https:\/\/slsa\.dev\/provenance\/v?(\d+(?:\.\d+)?)$/, "SLSA provenance $1"],
  [/^https:\/\/spdx\.dev\/Document(?:\/v?(\d[\d.]*))?$/, "SPDX $1"],
  [/^https:\/\/cyclonedx\.org\/bom(?:\/v?(\d[\d.]*))?$/, "CycloneDX $1"],
];

/** The usual name of a predicate type; one that is not known is said as it is. */
function kindOf(predicateType: string): string {
  const [pattern, name] = KINDS.find(([each]) => each.test(predicateType)) ?? [];
  if (pattern === undefined || name === undefined) return predicateType;
  return predicateType.replace(pattern, name).trim();
}

function fact(term: string, said: string): SupplyChainFact {
  return { term, said: [said] };
}

function signatureLines(signatures: readonly SignatureReport[], complete: boolean): string[] {
  const more = complete ? [] : ["The registry did not tell everything."];
  const lines = [...new Set(signatures.map(spoken)), ...more];
  return lines.length > 0 ? lines : ["None"];
}

function spoken({ signer, place }: SignatureReport): string {
  const where = place === "tag" ? "beside the image" : "as a referrer";
  if (signer === null) return `One ${where}, which names nobody`;
  return `${signer.identity}${signer.issuer === null ? "" : `, by the word of ${signer.issuer}`} (${where})`;
}
