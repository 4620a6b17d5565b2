import type { StoredDocument } from "@/lib/catalog/stored-document";

/** What a handler returns: a status, headers and a body that is either bytes made earlier or a value to write as JSON. */
export type ApiAnswer =
  | { kind: "json"; status: number; headers?: Record<string, string>; value: unknown }
  | { kind: "text"; text: string }
  | { kind: "bytes"; status: number; headers: Record<string, string>; bytes: Uint8Array }
  | { kind: "stored"; document: StoredDocument }
  | { kind: "empty"; status: number; headers?: Record<string, string> };

export function json(status: number, value: unknown, headers?: Record<string, string>): ApiAnswer {
  return headers ? { kind: "json", status, value, headers } : { kind: "json", status, value };
}

/** 200 with JSON that is text already. */
export function jsonText(text: string): ApiAnswer {
  return { kind: "text", text };
}
