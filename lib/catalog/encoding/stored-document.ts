import { createHash, type Hash } from "node:crypto";
import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";

/** A body encoded once and sent many times. Each encoding has its own strong ETag, a hash of its bytes. */
export type StoredDocument = {
  contentType: string;
  cacheControl: string;
  /** Additional response headers, names in lower case. */
  headers?: Readonly<Record<string, string>>;
  identity: Encoded;
  /** Absent where it would not be smaller. */
  gzip: Encoded | undefined;
};

export type Encoded = { bytes: Buffer; etag: string };

/** Shared caches can store a response but must revalidate it every time: a suspended extension disappears at once. */
const ALWAYS_ASK = "public, no-cache";
const GZIP_BYTES_MIN = 512;
const ETAG_CHARACTERS = 27;

/** `effort` is the zlib level: bodies that live as long as a snapshot deserve more than those for a single request. */
export function storedJson(
  value: unknown,
  effort: 1 | 6 = 6,
  headers: Readonly<Record<string, string>> = {},
): StoredDocument {
  return stored("application/json; charset=utf-8", JSON.stringify(value), headers, effort);
}

const gzipElsewhere = promisify(gzip);

/** Encodes a long text in pieces: hashing yields to the event loop, and gzip runs in the thread pool. */
export async function storedPieces(
  contentType: string,
  pieces: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<StoredDocument> {
  const hash = createHash("sha256");
  const parts = await mapWithYield(pieces, (piece) => {
    const part = Buffer.from(piece, "utf8");
    hash.update(part);
    return part;
  });
  const bytes = Buffer.concat(parts);
  const smaller = bytes.byteLength < GZIP_BYTES_MIN ? bytes : await gzipElsewhere(bytes);
  return {
    contentType: `${contentType}; charset=utf-8`,
    cacheControl: ALWAYS_ASK,
    headers,
    identity: { bytes, etag: etagOf(hash) },
    gzip: smaller.byteLength < bytes.byteLength ? encodedForm(smaller) : undefined,
  };
}

/** `contentType` without a charset; the text is sent as UTF-8. */
export function storedText(
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): StoredDocument {
  return stored(`${contentType}; charset=utf-8`, text, headers, 6);
}

function stored(
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>>,
  effort: 1 | 6,
): StoredDocument {
  const bytes = Buffer.from(text, "utf8");
  return {
    contentType,
    cacheControl: ALWAYS_ASK,
    headers,
    identity: encodedForm(bytes),
    gzip: gzipped(bytes, effort),
  };
}

function gzipped(bytes: Buffer, effort: number): Encoded | undefined {
  if (bytes.byteLength < GZIP_BYTES_MIN) return undefined;
  const smaller = gzipSync(bytes, { level: effort });
  return smaller.byteLength < bytes.byteLength ? encodedForm(smaller) : undefined;
}

/** The bytes with the ETag derived from them. */
export function encodedForm(bytes: Buffer): Encoded {
  return { bytes, etag: etagOf(createHash("sha256").update(bytes)) };
}

function etagOf(hash: Hash): string {
  return `"${hash.digest("base64url").slice(0, ETAG_CHARACTERS)}"`;
}

/** Memory used by all encodings of a document, in bytes. */
export function bytesOf({ identity, gzip }: StoredDocument): number {
  return identity.bytes.byteLength + (gzip?.bytes.byteLength ?? 0);
}
