import type { AuditKeys } from "@/lib/journal/audit-keys";
import { canonicalJson } from "@/lib/journal/canonical-json";
import { sha256Hex } from "@/lib/platform/crypto";
import type { AuditEvent } from "@/lib/platform/prisma/client";

/** The previous hash of the first row. */
export const GENESIS_HASH = "0".repeat(64);

export type HashedRow = Omit<AuditEvent, "hash" | "before" | "after"> & { before: unknown; after: unknown };

/**
 * The hash of a row: an HMAC with the row's key, or plain SHA-256 for rows written before the chain had keys. Undefined
 * when the key is not available.
 */
export function hashOf(row: HashedRow, keys: AuditKeys): string | undefined {
  const content = [
    String(row.sequence),
    row.at.toISOString(),
    [row.actorKind, row.actorId, row.actorName],
    row.action,
    [row.subjectKind, row.subjectId],
    row.before,
    row.after,
    row.reason,
    row.requestId,
    row.previousHash,
  ];
  if (row.keyId === null) return sha256Hex(canonicalJson(content));
  return keys.find(row.keyId)?.seal(canonicalJson([...content, row.keyId]));
}
