import type { ResponseHeaders } from "@/lib/egress/response";

/** Longer waits are capped at six hours. */
const RETRY_AFTER_MAX_SECONDS = 6 * 60 * 60;

/** Used if the response names no usable time. */
export const RETRY_AFTER_DEFAULT_SECONDS = 60;

/**
 * Whole seconds to wait, 1 to 21,600, from `Retry-After` (RFC 9110, 10.2.3: seconds or an HTTP date), else from Docker
 * Hub's `X-Retry-After` (Unix time in seconds). Undefined if neither can be parsed.
 */
export function retryAfterSeconds(headers: ResponseHeaders, nowMs: number): number | undefined {
  const seconds =
    fromSecondsOrDate(headers.get("retry-after"), nowMs) ?? fromUnixTime(headers.get("x-retry-after"), nowMs);
  return seconds === undefined
    ? undefined
    : Math.min(Math.max(Math.ceil(seconds), 1), RETRY_AFTER_MAX_SECONDS);
}

function fromSecondsOrDate(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  // All three forms of an HTTP date are in GMT (RFC 9110, 5.6.7), but the one of asctime does not say so.
  const atMs = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(atMs) ? undefined : (atMs - nowMs) / 1000;
}

function fromUnixTime(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) - nowMs / 1000 : undefined;
}
