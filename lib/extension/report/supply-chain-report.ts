/**
 * What stands beside an image about its making and its signers. Everything in here is present, not verified: whoever may
 * push may claim it.
 */
export type SupplyChainReport = {
  /** `index`: only what the index itself lists. `registry`: the registry was asked for referrers and signatures too. */
  looked: "index" | "registry";
  /** What the provenance of the reference platform says. */
  provenance: ProvenanceReport | null;
  /** The predicate type of its bill of materials. */
  sbom: string | null;
  referrers: ReferrerReport[];
  signatures: SignatureReport[];
  /** False where something could not be asked or was more than is read: absence proves nothing then. */
  complete: boolean;
};

/** `builder` and `source` as the statement names them; null where it does not, or was not read. */
export type ProvenanceReport = { predicateType: string; builder: string | null; source: string | null };

export type ReferrerReport = {
  digest: string;
  artifactType: string | null;
  kind: ReferrerKind;
  sizeBytes: number;
};

export type ReferrerKind = "signature" | "provenance" | "sbom" | "attestation" | "other";

export type SignatureReport = {
  digest: string;
  /** Cosign's tag beside the image, or a referrer. */
  place: "tag" | "referrer";
  /** Whom the certificate in it names; null where it has none that can be read. */
  signer: { identity: string; issuer: string | null } | null;
};

/** Whether anything beside the image, in its index or among its referrers, is said to be provenance or an SBOM. */
export function attestedBy({ provenance, sbom, referrers }: SupplyChainReport): {
  provenance: boolean;
  sbom: boolean;
} {
  const refers = (kind: ReferrerKind) => referrers.some((referrer) => referrer.kind === kind);
  return {
    provenance: provenance !== null || refers("provenance"),
    sbom: sbom !== null || refers("sbom"),
  };
}

export const NOTHING_KNOWN: SupplyChainReport = {
  looked: "index",
  provenance: null,
  sbom: null,
  referrers: [],
  signatures: [],
  complete: false,
};
