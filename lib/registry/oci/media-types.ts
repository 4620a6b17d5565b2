/** Manifest and index types of container images (OCI image-spec, media-types.md, and Docker's own before it). */
export const IMAGE_INDEX_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
] as const;

export const IMAGE_MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

/** Always lists all four types: Distribution responds MANIFEST_UNKNOWN for a type that is not listed. */
export const ACCEPT_MANIFESTS = [...IMAGE_INDEX_TYPES, ...IMAGE_MANIFEST_TYPES].join(", ");

/** The type of a referrers list, the only one requested. */
export const ACCEPT_INDEX = IMAGE_INDEX_TYPES[0];

/** Config types of container images. An index of artifacts has others (Helm's, OCI's empty one). */
const IMAGE_CONFIG_TYPES = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
];

/**
 * Layer types that containerd unpacks. containerd distinguishes layers from other content by type, and their
 * compression by the first bytes; Docker's older image store does only the latter. A contradiction between the two
 * therefore shows in the digest of the archive.
 */
const LAYER_TYPE =
  /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+gzip|\+zstd)?|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.gzip|\.zstd)?)$/;

/** Docker's first manifest format, which current releases do not pull. */
export const SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+json";

/**
 * Whether a `Content-Type` can be that of content: registries return the type of the push. Servers that do not know the
 * content send other types, such as `text/plain`, `application/octet-stream` or none.
 */
export function isContentType(mediaType: string): boolean {
  return /^application\/vnd\.[^/]+$/.test(mediaType);
}

/**
 * Whether Docker recognizes an image by this `Content-Type` header. containerd's `getManifestMediaType`
 * (remotes/docker/resolver.go) cuts off what follows a semicolon and compares the rest literally.
 */
export function isImageHeader(contentType: string): boolean {
  return manifestKind(contentType.split(";", 1)[0] ?? "") !== undefined;
}

export type ManifestKind = "index" | "manifest";

/** `Application/JSON; charset=utf-8` → `application/json`. */
export function essence(contentType: string): string {
  return (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

export function manifestKind(mediaType: string): ManifestKind | undefined {
  if (IMAGE_INDEX_TYPES.some((each) => each === mediaType)) return "index";
  return IMAGE_MANIFEST_TYPES.some((each) => each === mediaType) ? "manifest" : undefined;
}

export function isImageConfig(mediaType: string): boolean {
  return IMAGE_CONFIG_TYPES.includes(mediaType);
}

export function isLayer(mediaType: string): boolean {
  return LAYER_TYPE.test(mediaType);
}

/** Describes a foreign type in the message to a publisher. */
export function nameOfType(mediaType: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(mediaType));
  return known?.[1] ?? `content of the type ${mediaType.slice(0, 100) || "(none)"}`;
}

const KNOWN: [pattern: RegExp, name: string][] = [
  [
    /distribution\.manifest\.v1\+/,
    "an image in Docker's first manifest format (schema 1), which is obsolete",
  ],
  [/cncf\.helm/, "a Helm chart"],
  [/docker\.plugin/, "a Docker Engine plugin"],
  [/oci\.artifact\.manifest/, "an OCI artifact"],
  [/oci\.empty/, "an OCI artifact"],
  [/docker\.compose/, "a Compose application"],
  [/wasm/, "a WebAssembly module"],
  [/cosign|dsse|in-toto/, "a signature or attestation"],
];
