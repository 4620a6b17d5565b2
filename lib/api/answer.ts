/** What a handler returns: a status, headers and a body that is either bytes made earlier or a value to write as JSON. */
export type ApiAnswer =
  | { kind: "json"; status: number; headers?: Record<string, string>; value: unknown }
  | { kind: "bytes"; status: number; headers: Record<string, string>; bytes: Uint8Array }
  | { kind: "stored"; document: StoredDocument }
  | { kind: "empty"; status: number; headers?: Record<string, string> };

/** A body encoded once and sent many times. Each encoding has a strong ETag of its own. */
export type StoredDocument = {
  contentType: string;
  cacheControl: string;
  identity: Encoded;
  gzip: Encoded | undefined;
};

export type Encoded = { bytes: Buffer; etag: string };

export function json(status: number, value: unknown, headers?: Record<string, string>): ApiAnswer {
  return headers ? { kind: "json", status, value, headers } : { kind: "json", status, value };
}
