import type { Digest } from "@/lib/extension/reference/digest";
import type { Platform } from "@/lib/extension/reference/platform";

/**
 * Descriptor: what is needed to fetch and verify another piece of content (OCI image-spec, descriptor.md). The size is
 * a promise; longer content is rejected.
 */
export type Descriptor = {
  mediaType: string;
  digest: Digest;
  sizeBytes: number;
  annotations: Record<string, string>;
  /**
   * True if the content is declared to be elsewhere (`urls`, or a foreign or non-distributable layer type). Gantry
   * never fetches those URLs, only from the registry itself.
   */
  foreign: boolean;
};

/** One entry of an index: a manifest, usually for one platform (OCI image-spec, image-index.md). */
export type IndexEntry = Descriptor & {
  /** As written, not normalized; absent if the entry names none. Attestations have `unknown/unknown`. */
  platform?: Platform;
  artifactType?: string;
};

/** The part of a descriptor that is needed to fetch a blob. */
export type BlobDescriptor = Pick<Descriptor, "digest" | "sizeBytes">;
