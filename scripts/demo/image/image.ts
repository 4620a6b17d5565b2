import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Attestation, attestationManifest, type Predicates } from "@/scripts/demo/image/attestation";
import { type TarEntry, tar } from "@/scripts/demo/image/tar";

/** Content with its address. */
export type Piece = { mediaType: string; digest: string; bytes: Buffer };

/** A whole image, ready to be pushed: blobs first, then manifests, then the root under its tag. */
export type BuiltImage = { root: Piece; manifests: Piece[]; blobs: Piece[] };

export type BuiltLayer = Piece & { diffId: string };

/** One platform's manifest with the blobs that it needs. */
export type BuiltManifest = Piece & { blobs: Piece[]; platform: ImagePlatform };

export type ImagePlatform = { os: string; architecture: string; variant?: string };

export type Flavour = "oci" | "docker";

export const MEDIA_TYPES = {
  oci: {
    index: "application/vnd.oci.image.index.v1+json",
    manifest: "application/vnd.oci.image.manifest.v1+json",
    config: "application/vnd.oci.image.config.v1+json",
    gzip: "application/vnd.oci.image.layer.v1.tar+gzip",
    plain: "application/vnd.oci.image.layer.v1.tar",
  },
  docker: {
    index: "application/vnd.docker.distribution.manifest.list.v2+json",
    manifest: "application/vnd.docker.distribution.manifest.v2+json",
    config: "application/vnd.docker.container.image.v1+json",
    gzip: "application/vnd.docker.image.rootfs.diff.tar.gzip",
    plain: "application/vnd.docker.image.rootfs.diff.tar",
  },
} as const;

export function sha256(bytes: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

export function piece(mediaType: string, content: string | Uint8Array): Piece {
  const bytes = Buffer.from(content);
  return { mediaType, digest: sha256(bytes), bytes };
}

export function jsonPiece(mediaType: string, document: unknown): Piece {
  return piece(mediaType, JSON.stringify(document));
}

/** The descriptor that points at `target`. */
export function descriptorOf(target: Piece, extra: Record<string, unknown> = {}) {
  return { mediaType: target.mediaType, digest: target.digest, size: target.bytes.length, ...extra };
}

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
  /** Merged into the config last; `{ config: null }` and the like make broken ones. */
  config?: Record<string, unknown>;
};

/** One platform's image: config, layers and the manifest over them. */
export function imageManifest({
  platform = { os: "linux", architecture: "amd64" },
  labels = {},
  layers = [],
  flavour = "oci",
  created = "2026-01-02T03:04:05Z",
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
  });
  return { ...manifest, blobs: [config, ...layers], platform };
}

export type IndexOptions = {
  flavour?: Flavour;
  attestations?: Attestation[];
  /** What they say; nothing, unless it is given. */
  predicates?: Predicates;
};

/** An index over platform manifests and, after them, the attestations of the first of them. */
export function imageIndex(
  manifests: BuiltManifest[],
  { flavour = "oci", attestations = [], predicates = {} }: IndexOptions = {},
): BuiltImage {
  const [subject] = manifests;
  const proofs =
    subject === undefined || attestations.length === 0
      ? []
      : [attestationManifest(subject, attestations, predicates)];
  const entries = [
    ...manifests.map((each) => descriptorOf(each, { platform: each.platform })),
    ...proofs.map((each) =>
      descriptorOf(each, {
        platform: each.platform,
        annotations: {
          "vnd.docker.reference.type": "attestation-manifest",
          "vnd.docker.reference.digest": subject?.digest ?? "",
        },
      }),
    ),
  ];
  const mediaType = MEDIA_TYPES[flavour].index;
  const root = jsonPiece(mediaType, { schemaVersion: 2, mediaType, manifests: entries });
  const all = [...manifests, ...proofs];
  return { root, manifests: all, blobs: all.flatMap((each) => each.blobs) };
}

/** An image of one platform without an index. */
export function singleImage(manifest: BuiltManifest): BuiltImage {
  return { root: manifest, manifests: [], blobs: manifest.blobs };
}
