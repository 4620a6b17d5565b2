/** What the operations of a registry client take and return. */

import type { Digest } from "@/lib/extension/reference/digest";

export type CallOptions = { signal?: AbortSignal };

/**
 * `dropped` counts names that are no tags by the OCI grammar. `complete: false`: a limit was reached or the pages ran
 * in a circle, so the absence of a tag proves nothing.
 */
export type TagList = { tags: string[]; dropped: number; complete: boolean };

export type OpenBlobOptions = CallOptions & {
  /** First byte wanted; asked for by `Range`, skipped by reading where the registry ignores ranges. Default 0. */
  offset?: number;
  /** How many bytes are wanted; the stream ends after them. Default: to the end. */
  length?: number;
};

export type ReferrersOptions = CallOptions & {
  /** Only those of this type. */
  artifactType?: string;
  /** How many are given at most. Default 50. */
  limit?: number;
};

/** Something that is said to refer to a manifest. It is a claim until its own manifest (`artifact`) names the subject. */
export type Referrer = {
  digest: Digest;
  mediaType: string;
  /** Null when the registry names none. */
  artifactType: string | null;
  sizeBytes: number;
  annotations: Record<string, string>;
};

/** `complete: false`: there were more than the limit, or pages that ran in a circle or were too many. */
export type ReferrerList = { descriptors: Referrer[]; complete: boolean };

/** What a client has cost so far: requests sent (token requests and redirects too) and body bytes received. */
export type Cost = { requests: number; bytes: number };
