import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import { AppError } from "@/lib/platform/errors";
import type { MeteredRegistryClient, RegistryClient } from "@/lib/registry/client";
import { agreeing, LAYOUT_DOCUMENT_BYTES, type LayoutBlobs } from "@/lib/registry/layout/layout-blobs";
import { layoutInvalid } from "@/lib/registry/layout/layout-files";
import { parseManifest } from "@/lib/registry/oci/manifest-document";
import { parseArtifact } from "@/lib/registry/requests/artifact";
import type { FetchedManifest } from "@/lib/registry/requests/manifest";

/**
 * `known`: the media types that indexes give to manifests, which need not state their own; `bytes` for a manifest that
 * is not a blob.
 */
export type LayoutContents = {
  blobs: LayoutBlobs;
  known: Map<Digest, { mediaType: string; bytes: Uint8Array | undefined }>;
  name: string;
};

/** A registry client for a layout. It resolves only digests, sends no requests, and counts the bytes read. */
export function layoutClient(contents: LayoutContents): RegistryClient {
  const { blobs, name } = contents;
  const client: RegistryClient = {
    tags: async () => ({ tags: [], dropped: 0, complete: true }),
    async resolve(_repository, reference) {
      const { digest, mediaType, bytes } = await readManifest(contents, reference);
      return { digest, mediaType, sizeBytes: bytes.length };
    },
    manifest: (_repository, reference) => readManifest(contents, reference),
    async blob(_repository, { digest, sizeBytes }) {
      const bytes = await blobs.whole(digest, LAYOUT_DOCUMENT_BYTES);
      if (bytes.length === sizeBytes) return bytes;
      throw layoutInvalid(name, `${digest} has ${bytes.length} bytes, not the declared ${sizeBytes}`);
    },
    openBlob: (_repository, descriptor, { offset = 0, length = descriptor.sizeBytes } = {}) =>
      blobs.stream(descriptor, { offset, length }),
    // A layout does not include referrers stored elsewhere.
    referrers: async () => ({ descriptors: [], complete: true }),
    async artifact(_repository, digest) {
      const bytes = await blobs.whole(digest, LAYOUT_DOCUMENT_BYTES);
      return { digest, ...agreeing(name, () => parseArtifact(bytes, `The artifact ${digest}`)) };
    },
    isAnonymous: () => true,
    prioritized: () => client,
    anonymous: () => client,
    withCredentials: () => client,
    tryLogin: async () => "not_asked",
    metered: () => meteredFrom(client, blobs),
  };
  return client;
}

function meteredFrom(client: RegistryClient, blobs: LayoutBlobs): MeteredRegistryClient {
  const before = blobs.bytesRead();
  return { ...client, cost: () => ({ requests: 0, bytes: blobs.bytesRead() - before }) };
}

async function readManifest(
  { blobs, known, name }: LayoutContents,
  reference: string,
): Promise<FetchedManifest> {
  const digest = parseDigest(reference);
  // Signatures have tags of their own; a layout is read as a single image and has none.
  if (digest === undefined) {
    throw new AppError("reference_not_found", `${name} does not contain ${reference}.`, {
      suggestion: "Refer to the image by its digest, as in the layout's index.json.",
    });
  }
  const said = known.get(digest);
  const bytes = said?.bytes ?? (await blobs.whole(digest, LAYOUT_DOCUMENT_BYTES));
  const { mediaType, document } = agreeing(name, () => parseManifest(bytes, said?.mediaType ?? "", digest));
  if (document.kind === "index") {
    for (const entry of document.entries) {
      if (!known.has(entry.digest)) known.set(entry.digest, { mediaType: entry.mediaType, bytes: undefined });
    }
  }
  return { digest, mediaType, bytes, document };
}
