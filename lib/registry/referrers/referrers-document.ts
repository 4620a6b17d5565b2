import type { Digest } from "@/lib/extension/reference/digest";
import { hasCode } from "@/lib/platform/errors";
import type { Task } from "@/lib/platform/threads/task";
import type { Referrer, ReferrersOptions } from "@/lib/registry/client-types";
import { parseJsonObject } from "@/lib/registry/oci/manifest-json";
import { collectReferrers } from "@/lib/registry/referrers/referrer-collection";

export type ReferrersDocument = {
  bytes: Uint8Array;
  subject: Digest;
  /** True if the registry says that it omitted referrers of other types. */
  filtered: boolean;
} & Pick<ReferrersOptions, "artifactType" | "limit">;

/**
 * The requested referrers, up to the limit. `unusable`: why the document is not a list of referrers, as part of a
 * sentence.
 */
export type ReferrersReading =
  | { kind: "read"; referrers: Referrer[]; isFull: boolean }
  | { kind: "unusable"; why: string };

/**
 * Parses an index of referrers. A manifest that is not an index has none: its tag belongs to an image. For `runTask`,
 * because an index can have 4 MiB.
 */
export const READ_REFERRERS: Task<ReferrersDocument, ReferrersReading> = {
  module: "lib/registry/referrers/referrers-document",
  name: "READ_REFERRERS",
  run: readReferrers,
  weigh: ({ bytes }) => bytes.byteLength,
};

function readReferrers({ bytes, subject, filtered, ...wanted }: ReferrersDocument): ReferrersReading {
  const document = parseObject(bytes);
  if (document === undefined) return { kind: "unusable", why: "its list of referrers is not a JSON object" };
  const manifests = ("manifests" in document ? document.manifests : undefined) ?? [];
  if (!Array.isArray(manifests)) return { kind: "unusable", why: "its list of referrers is not a list" };
  const collected = collectReferrers(subject, wanted);
  collected.addUnread(manifests, filtered);
  return { kind: "read", referrers: collected.list(true).descriptors, isFull: collected.isFull() };
}

function parseObject(bytes: Uint8Array): object | undefined {
  try {
    return parseJsonObject(bytes, "the referrers");
  } catch (error) {
    if (hasCode(error, "registry_protocol")) return undefined;
    throw error;
  }
}
