/** Parameters and results of a registry client's operations. */

import type { Digest } from "@/lib/extension/reference/digest";

export type CallOptions = { signal?: AbortSignal };

/**
 * `dropped`: number of names that are not valid tags in the OCI grammar. `complete: false`: the list is not proven whole
 * (decision 025), so the absence of a tag proves nothing; `gap` says why, as part of a sentence.
 */
export type TagList = { tags: string[]; dropped: number; complete: boolean; gap?: string };

export type OpenBlobOptions = CallOptions & {
  /**
   * First byte to return. Requested by `Range`; registries that ignore ranges send the bytes before it, which are
   * skipped. Default 0.
   */
  offset?: number;
  /** Number of bytes to return; the stream ends after them. Default: up to the end. */
  length?: number;
};

export type ReferrersOptions = CallOptions & {
  /** Returns only artifacts of this type. */
  artifactType?: string;
  /** Maximum number of results. Default 50. */
  limit?: number;
};

/**
 * An artifact listed as referring to a manifest. This is only a claim until its own manifest (`artifact`) names the
 * subject.
 */
export type Referrer = {
  digest: Digest;
  mediaType: string;
  /** Null if the registry names none. */
  artifactType: string | null;
  sizeBytes: number;
  annotations: Record<string, string>;
};

/** `complete: false`: the limit was reached, or there were too many pages or a loop of pages. */
export type ReferrerList = { descriptors: Referrer[]; complete: boolean };

/** Cost of a client so far: requests sent (including token requests and redirects) and body bytes received. */
export type Cost = { requests: number; bytes: number };
