/**
 * JSON columns back as the types that were written into them. Each column has one writer in this room, which takes
 * that very type, so these casts are safe.
 */

import type { Envelope } from "@/lib/extension/capabilities/envelope";
import type { Track } from "@/lib/extension/offer/track";
import { isAppError } from "@/lib/platform/errors";
import type { Entry, Prisma } from "@/lib/platform/prisma/client";

export type StoredError = { code: string; message: string; suggestion: string | null };
export type VisibilityReason = { code: string; message: string; details?: Record<string, unknown> };

/** `Entry.envelope` is written by `approveEntry` and `widenEnvelope` alone. */
export function storedEnvelope(value: Prisma.JsonValue): Envelope {
  return value as unknown as Envelope;
}

/** `Version.reason` is written by this room's version operations alone. */
export function storedReason(value: Prisma.JsonValue | null): VisibilityReason | undefined {
  return (value ?? undefined) as unknown as VisibilityReason | undefined;
}

/** `Submission.error` and `Scan.error` hold results of `recordedError` only; a submission's also says when it is retried. */
export function storedError(value: Prisma.JsonValue | null): StoredError | undefined {
  const error = withRetry(value);
  return error ? { code: error.code, message: error.message, suggestion: error.suggestion } : undefined;
}

/** When the check that failed with this error is retried, as RFC 3339. */
export function storedRetryAt(value: Prisma.JsonValue | null): string | undefined {
  return withRetry(value)?.retryAt;
}

/** See `storedError`. */
function withRetry(value: Prisma.JsonValue | null): (StoredError & { retryAt?: string }) | undefined {
  return (value ?? undefined) as unknown as (StoredError & { retryAt?: string }) | undefined;
}

/** An error as it is stored and shown to people; unexpected errors become `internal`. */
export function recordedError(error: unknown): StoredError {
  if (isAppError(error)) return { code: error.code, message: error.message, suggestion: error.suggestion };
  return {
    code: "internal",
    message: "An internal error occurred. Gantry logged it.",
    suggestion: "Gantry will retry automatically. If the problem persists, contact an administrator.",
  };
}

/** Typed objects as the type that Prisma takes for a JSON column; they hold plain JSON only. */
export function toJson(value: object): Prisma.InputJsonValue {
  return value as unknown as Prisma.InputJsonValue;
}

export function trackColumns(track: Track): Pick<Entry, "track" | "range" | "pinTag" | "pinDigest"> {
  return {
    track: track.kind,
    range: track.kind === "range" ? track.range : null,
    pinTag: track.kind === "pin" ? track.tag : null,
    pinDigest: track.kind === "pin" ? track.digest : null,
  };
}
