/**
 * The keys that seal the audit chain. They are kept outside the database, so that an owner of the table cannot
 * recompute it.
 */

import { createHash, createHmac, hkdfSync } from "node:crypto";

export type AuditKey = {
  /** A fingerprint that identifies the key without revealing it. */
  id: string;
  /** HMAC-SHA-256 of a text, in hex. */
  seal(text: string): string;
};

export type AuditKeys = {
  /** Seals new rows and checkpoints. */
  current: AuditKey;
  /** A key that may have sealed older rows or checkpoints. */
  find(id: string): AuditKey | undefined;
};

const KEY_BYTES = 32;
const ID_HEX_DIGITS = 12;

/** Derives one key per secret: the first one seals, the others only verify what was sealed before a rotation. */
export function auditKeys(secrets: readonly [string, ...string[]]): AuditKeys {
  const [first, ...earlier] = secrets;
  const current = auditKey(first);
  const known = new Map([current, ...earlier.map(auditKey)].map((key) => [key.id, key]));
  return { current, find: (id) => known.get(id) };
}

function auditKey(secret: string): AuditKey {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "gantry audit chain", KEY_BYTES));
  const id = createHash("sha256").update("gantry audit key id").update(key).digest("hex");
  return {
    id: id.slice(0, ID_HEX_DIGITS),
    seal: (text) => createHmac("sha256", key).update(text).digest("hex"),
  };
}
