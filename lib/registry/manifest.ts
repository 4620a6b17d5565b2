import type { Digest } from "@/lib/extension/digest";
import type { Descriptor, IndexEntry } from "@/lib/registry/descriptor";

export type ManifestDocument =
  | { kind: "index"; entries: IndexEntry[] }
  | { kind: "manifest"; config: Descriptor; layers: Descriptor[] };

/** A manifest or index whose bytes were checked against `digest`. */
export type FetchedManifest = {
  digest: Digest;
  mediaType: string;
  bytes: Uint8Array;
  document: ManifestDocument;
};

/** What a tag pointed at when it was asked. From a HEAD answer, so the digest is the registry's word until fetched. */
export type ResolvedReference = { digest: Digest; mediaType: string; sizeBytes: number };
