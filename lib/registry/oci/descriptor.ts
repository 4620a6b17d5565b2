import type { Digest } from "@/lib/extension/reference/digest";
import type { Platform } from "@/lib/extension/reference/platform";

/**
 * What a manifest says about another piece of content: enough to fetch it and to check it
 * (OCI image-spec, descriptor.md). The size is what was promised; more bytes than that are refused.
 */
export type Descriptor = {
  mediaType: string;
  digest: Digest;
  sizeBytes: number;
  annotations: Record<string, string>;
  /**
   * True when the content is said to live elsewhere (`urls`, or a foreign or non-distributable layer type).
   * Those addresses are never visited: the registry itself is asked, or nobody.
   */
  foreign: boolean;
};

/** One entry of an index: a manifest, usually of one platform (OCI image-spec, image-index.md). */
export type IndexEntry = Descriptor & {
  /** As written, not normalized; absent when the entry names none. Attestations say `unknown/unknown`. */
  platform?: Platform;
  artifactType?: string;
};

/** The part of a descriptor that is needed to fetch a blob. */
export type BlobDescriptor = Pick<Descriptor, "digest" | "sizeBytes">;
