import type {
  ReferrerKind,
  SignatureReport,
  SupplyChainReport,
} from "@/lib/extension/report/supply-chain-report";

export const PRESENT_NOT_VERIFIED =
  "Not verified by Gantry. Anyone who can push the image can also push these, so compare them with what you expect.";

/** One row of the list. `said` is never empty. */
export type SupplyChainFact = { term: string; said: string[] };

/** The attestations and signatures of an image as rows. They are unverified claims; the texts are untrusted. */
export function supplyChainFacts({
  looked,
  provenance,
  sbom,
  referrers,
  signatures,
  complete,
}: SupplyChainReport): SupplyChainFact[] {
  const refers = (kind: ReferrerKind) => referrers.some((referrer) => referrer.kind === kind);
  const elsewhere = (kind: ReferrerKind) => (refers(kind) ? "Attached as a referrer" : "Not provided");
  const others = referrers.filter(({ kind }) => kind !== "signature");
  const referring = others.map(({ artifactType, kind }) => artifactType ?? kind).join(", ");
  return [
    fact("Provenance", provenance ? kindOf(provenance.predicateType) : elsewhere("provenance")),
    ...(provenance?.builder ? [fact("Builder (as claimed)", provenance.builder)] : []),
    ...(provenance?.source ? [fact("Source repository (as claimed)", provenance.source)] : []),
    fact("Bill of materials", sbom === null ? elsewhere("sbom") : kindOf(sbom)),
    looked === "registry"
      ? { term: "Signatures", said: signatureLines(signatures, complete) }
      : fact("Signatures", "Not checked for this version"),
    ...(looked === "registry" && others.length > 0 ? [fact("Other referrers", referring)] : []),
  ];
}

const KINDS: readonly [RegExp, string][] = [
  [/^https:\/\/slsa\.dev\/provenance\/v?(\d+(?:\.\d+)?)$/, "SLSA provenance $1"],
  [/^https:\/\/spdx\.dev\/Document(?:\/v?(\d[\d.]*))?$/, "SPDX $1"],
  [/^https:\/\/cyclonedx\.org\/bom(?:\/v?(\d[\d.]*))?$/, "CycloneDX $1"],
];

/** The usual name of a predicate type; an unknown type as it is. */
function kindOf(predicateType: string): string {
  const [pattern, name] = KINDS.find(([each]) => each.test(predicateType)) ?? [];
  if (pattern === undefined || name === undefined) return predicateType;
  return predicateType.replace(pattern, name).trim();
}

function fact(term: string, said: string): SupplyChainFact {
  return { term, said: [said] };
}

function signatureLines(signatures: readonly SignatureReport[], complete: boolean): string[] {
  const more = complete ? [] : ["The registry's list is incomplete."];
  const lines = [...new Set(signatures.map(spoken)), ...more];
  return lines.length > 0 ? lines : ["None"];
}

function spoken({ signer, place }: SignatureReport): string {
  const where = place === "tag" ? "signature tag" : "referrer";
  if (signer === null) return `Signed without a certificate identity (${where})`;
  return `Signed by ${signer.identity} (${signer.issuer === null ? "" : `issuer: ${signer.issuer}; `}${where})`;
}
