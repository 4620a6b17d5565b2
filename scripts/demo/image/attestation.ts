/** BuildKit attestations: one manifest next to the image, with one in-toto statement of each kind. */

import {
  type BuiltManifest,
  descriptorOf,
  jsonPiece,
  MEDIA_TYPES,
  type Piece,
} from "@/scripts/demo/image/piece";

export type Attestation = "provenance" | "sbom";

/** `image`: with a config of its own. `artifact`: an OCI artifact that names its subject, as BuildKit 0.32 writes it. */
export type AttestationForm = "image" | "artifact";

export const ATTESTATION_TYPE = "application/vnd.docker.attestation.manifest.v1+json";

/** Content of the statements. */
export type Predicates = Partial<Record<Attestation, Record<string, unknown>>>;

const PREDICATE_TYPES: Record<Attestation, string> = {
  provenance: "https://slsa.dev/provenance/v0.2",
  sbom: "https://spdx.dev/Document",
};

/** Its platform is `unknown/unknown`; the index ties it to `subject` by annotations. */
export function attestationManifest(
  subject: Piece,
  kinds: readonly Attestation[],
  { predicates = {}, form = "image" }: { predicates?: Predicates; form?: AttestationForm } = {},
): BuiltManifest {
  const statements = kinds.map((kind) => statementOf(subject, kind, predicates[kind] ?? {}));
  const platform = { os: "unknown", architecture: "unknown" };
  const asArtifact = form === "artifact";
  const config = asArtifact
    ? jsonPiece("application/vnd.oci.empty.v1+json", {})
    : jsonPiece(MEDIA_TYPES.oci.config, {
        ...platform,
        config: {},
        rootfs: { type: "layers", diff_ids: statements.map(({ piece }) => piece.digest) },
      });
  const manifest = jsonPiece(MEDIA_TYPES.oci.manifest, {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.oci.manifest,
    ...(asArtifact && { artifactType: ATTESTATION_TYPE }),
    config: descriptorOf(config, asArtifact ? { data: Buffer.from(config.bytes).toString("base64") } : {}),
    ...(asArtifact && { subject: descriptorOf(subject) }),
    layers: statements.map(({ piece, predicateType }) =>
      descriptorOf(piece, { annotations: { "in-toto.io/predicate-type": predicateType } }),
    ),
  });
  return { ...manifest, blobs: [config, ...statements.map(({ piece }) => piece)], platform };
}

function statementOf(subject: Piece, kind: Attestation, predicate: Record<string, unknown>) {
  const predicateType = PREDICATE_TYPES[kind];
  const piece = jsonPiece("application/vnd.in-toto+json", {
    _type: "https://in-toto.io/Statement/v0.1",
    predicateType,
    subject: [{ name: "_", digest: { sha256: subject.digest.slice("sha256:".length) } }],
    predicate,
  });
  return { piece, predicateType };
}
