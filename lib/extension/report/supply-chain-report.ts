/** Attestations, signatures and other referrers of an image. Unverified: anyone who can push can claim this. */
export type SupplyChainReport = {
  /** `index`: only what the index lists. `registry`: also the referrers and signatures that the registry lists. */
  looked: "index" | "registry";
  /** The provenance of the reference platform. */
  provenance: ProvenanceReport | null;
  /** The predicate type of its bill of materials. */
  sbom: string | null;
  referrers: ReferrerReport[];
  signatures: SignatureReport[];
  /** False when something could not be requested, or exceeded a limit: then absence proves nothing. */
  complete: boolean;
};

/** `builder` and `source` as the statement names them; null when it does not, or was not read. */
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
  /** Cosign's signature tag, or a referrer. */
  place: "tag" | "referrer";
  /** The identity in its certificate; null when there is no readable one. */
  signer: { identity: string; issuer: string | null } | null;
};

/** Whether an attestation in the index or among the referrers declares itself provenance or SBOM. */
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
