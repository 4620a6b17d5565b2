import { createHash } from "node:crypto";

/** Content with its address. */
export type Piece = { mediaType: string; digest: string; bytes: Buffer };

/** One platform's manifest with the blobs that it needs. */
export type BuiltManifest = Piece & { blobs: Piece[]; platform: ImagePlatform };

export type ImagePlatform = { os: string; architecture: string; variant?: string };

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
