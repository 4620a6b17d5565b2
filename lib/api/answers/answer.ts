import type { StoredDocument } from "@/lib/catalog/encoding/stored-document";
import type { KnownText } from "@/lib/catalog/snapshot/update-bodies";
import type { AppError } from "@/lib/platform/errors";

/** What a handler returns: a status, headers and a body that is either bytes made earlier or a value to write as JSON. */
export type ApiAnswer =
  | { kind: "json"; status: number; headers?: Record<string, string>; value: unknown }
  | { kind: "text"; text: KnownText }
  | { kind: "bytes"; status: number; headers: Record<string, string>; bytes: Uint8Array }
  /** `bounded`: the query is one of a limited number, so its answer may be kept under its address. Searches are not. */
  | { kind: "stored"; document: StoredDocument; bounded?: boolean }
  | { kind: "empty"; status: number; headers?: Record<string, string> }
  /** Written while it is made; see `StreamWriter`. */
  | { kind: "stream"; headers: Record<string, string>; write: StreamWriter };

/** Tells its own errors in what it sends and never rejects; resolves with the error that belongs into the log, if any. */
export type StreamWriter = (send: (text: string) => void) => Promise<AppError | undefined>;

export function json(status: number, value: unknown, headers?: Record<string, string>): ApiAnswer {
  return headers ? { kind: "json", status, value, headers } : { kind: "json", status, value };
}

/** 200 with JSON that is text already. */
export function jsonText(text: KnownText): ApiAnswer {
  return { kind: "text", text };
}
