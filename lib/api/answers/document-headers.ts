import type { Encoded, StoredDocument } from "@/lib/catalog/encoding/stored-document";

/** Alternating header names and values, which node:http sends without validating each again. */
export type RawHeaders = string[];

/** All headers except the last value, which is the request ID. */
export type SentHeaders = { revision: bigint; full: RawHeaders; notModified: RawHeaders };

/** The headers of a stored document in one encoding, for 200 and for 304 Not Modified. `own` come last. */
export function documentHeaders(
  document: StoredDocument,
  encoded: Encoded,
  revision: bigint,
  own: RawHeaders,
): SentHeaders {
  const validators = [
    "etag",
    encoded.etag,
    "cache-control",
    document.cacheControl,
    "vary",
    "accept-encoding",
  ];
  const coding = encoded === document.identity ? [] : ["content-encoding", codingOf(document, encoded)];
  const content = [
    "content-type",
    document.contentType,
    "content-length",
    String(encoded.bytes.byteLength),
    ...coding,
    ...Object.entries(document.headers ?? {}).flat(),
  ];
  return { revision, full: [...content, ...validators, ...own], notModified: [...validators, ...own] };
}

function codingOf({ gzip }: StoredDocument, encoded: Encoded): string {
  return encoded === gzip ? "gzip" : "br";
}
