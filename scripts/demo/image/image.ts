import { gzipSync } from "node:zlib";
import {
  ATTESTATION_TYPE,
  type Attestation,
  type AttestationForm,
  attestationManifest,
  type Predicates,
} from "@/scripts/demo/image/attestation";
import {
  type BuiltManifest,
  descriptorOf,
  type ImagePlatform,
  jsonPiece,
  MEDIA_TYPES,
  type Piece,
  piece,
  sha256,
} from "@/scripts/demo/image/piece";
import { type TarEntry, tar } from "@/scripts/demo/image/tar";

/** A complete image, ready to push: blobs first, then manifests, then the root with its tag. */
export type BuiltImage = { root: Piece; manifests: Piece[]; blobs: Piece[] };

export type BuiltLayer = Piece & { diffId: string };

export type Flavour = "oci" | "docker";

/** A layer from tar entries, or from raw tar bytes where a test needs them broken. */
export function layer(
  entries: TarEntry[] | Uint8Array,
  { compression = "gzip", flavour = "oci" }: { compression?: "gzip" | "plain"; flavour?: Flavour } = {},
): BuiltLayer {
  const plain = entries instanceof Uint8Array ? Buffer.from(entries) : tar(entries);
  const bytes = compression === "gzip" ? gzipSync(plain) : plain;
  return { ...piece(MEDIA_TYPES[flavour][compression], bytes), diffId: sha256(plain) };
}

export type ManifestOptions = {
  platform?: ImagePlatform;
  labels?: Record<string, string>;
  layers?: BuiltLayer[];
  flavour?: Flavour;
  created?: string;
  annotations?: Record<string, string>;
  /** Merged into the config last; `{ config: null }` and similar values create broken ones. */
  config?: Record<string, unknown>;
};

/** One platform's image: config, layers and the manifest over them. */
export function imageManifest({
  platform = { os: "linux", architecture: "amd64" },
  labels = {},
  layers = [],
  flavour = "oci",
  created = "2026-01-02T03:04:05Z",
  annotations,
  config: configOverrides = {},
}: ManifestOptions = {}): BuiltManifest {
  const types = MEDIA_TYPES[flavour];
  const config = jsonPiece(types.config, {
    created,
    ...platform,
    config: { Labels: labels },
    rootfs: { type: "layers", diff_ids: layers.map((each) => each.diffId) },
    history: layers.map(() => ({ created, created_by: "COPY . /" })),
    ...configOverrides,
  });
  const manifest = jsonPiece(types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: descriptorOf(config),
    layers: layers.map((each) => descriptorOf(each)),
    ...(annotations && { annotations }),
  });
  return { ...manifest, blobs: [config, ...layers], platform };
}

export type IndexOptions = {
  flavour?: Flavour;
  attestations?: Attestation[];
  /** Default: `image`. */
  attestationForm?: AttestationForm;
  /** Content of the attestations. Default: none. */
  predicates?: Predicates;
  /** Annotations of the index itself, and of its entry for each platform. */
  annotations?: { index?: Record<string, string>; entries?: Record<string, string> };
};

/** An index over platform manifests and, after them, the attestations of the first of them. */
export function imageIndex(
  manifests: BuiltManifest[],
  {
    flavour = "oci",
    attestations = [],
    attestationForm = "image",
    predicates = {},
    annotations = {},
  }: IndexOptions = {},
): BuiltImage {
  const [subject] = manifests;
  const proofs =
    subject === undefined || attestations.length === 0
      ? []
      : [attestationManifest(subject, attestations, { predicates, form: attestationForm })];
  const entries = [
    ...manifests.map((each) =>
      descriptorOf(each, {
        platform: each.platform,
        ...(annotations.entries && { annotations: annotations.entries }),
      }),
    ),
    ...proofs.map((each) =>
      descriptorOf(each, {
        platform: each.platform,
        ...(attestationForm === "artifact" && { artifactType: ATTESTATION_TYPE }),
        annotations: {
          "vnd.docker.reference.type": "attestation-manifest",
          "vnd.docker.reference.digest": subject?.digest ?? "",
        },
      }),
    ),
  ];
  const mediaType = MEDIA_TYPES[flavour].index;
  const root = jsonPiece(mediaType, {
    schemaVersion: 2,
    mediaType,
    manifests: entries,
    ...(annotations.index && { annotations: annotations.index }),
  });
  const all = [...manifests, ...proofs];
  return { root, manifests: all, blobs: all.flatMap((each) => each.blobs) };
}

/** An image of one platform without an index. */
export function singleImage(manifest: BuiltManifest): BuiltImage {
  return { root: manifest, manifests: [], blobs: manifest.blobs };
}
