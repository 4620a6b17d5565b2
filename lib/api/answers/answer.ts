import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import type { KnownText } from "@/lib/catalog/snapshot/update-bodies";
import type { AppError } from "@/lib/platform/errors";

/** The result of a handler: a status, headers, and a body of stored bytes or of a value to serialize as JSON. */
export type ApiAnswer =
  | { kind: "json"; status: number; headers?: Record<string, string>; value: unknown }
  | { kind: "text"; text: KnownText }
  | { kind: "bytes"; status: number; headers: Record<string, string>; bytes: Uint8Array }
  /** `bounded`: the query is one of a limited number, so its response can be cached under its URL. Searches are not. */
  | { kind: "stored"; document: StoredDocument; bounded?: boolean }
  | { kind: "empty"; status: number; headers?: Record<string, string> }
  /** Written while it is produced; see `StreamWriter`. */
  | { kind: "stream"; headers: Record<string, string>; write: StreamWriter };

/** Reports its errors in the stream and never rejects; resolves with the error to log, if any. */
export type StreamWriter = (send: (text: string) => void) => Promise<AppError | undefined>;

export function json(status: number, value: unknown, headers?: Record<string, string>): ApiAnswer {
  return headers ? { kind: "json", status, value, headers } : { kind: "json", status, value };
}

/** 200 with a body that is already JSON text. */
export function jsonText(text: KnownText): ApiAnswer {
  return { kind: "text", text };
}
