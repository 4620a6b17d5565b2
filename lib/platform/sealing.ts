/** Encrypts secrets for the database with keys that the database does not hold. */

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

export type Sealer = {
  /** Fingerprint of the key that seals. */
  keyId: string;
  /** Encrypts `text`. It can be opened only together with the same `context`. */
  seal(text: string, context: string): string;
  /** Undefined when the key is missing, or when text or context are not those that were sealed. */
  open(sealed: string, context: string): string | undefined;
};

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_HEX_DIGITS = 12;
/** Format of a sealed text: `v1.<key>.<nonce, ciphertext and tag in base64url>`. */
const SHAPE = /^v1\.([0-9a-f]{12})\.([A-Za-z0-9_-]+)$/;

/** Derives one key per secret for this purpose: the first one seals, the others only open what was sealed before. */
export function createSealer(secrets: readonly [string, ...string[]], purpose: string): Sealer {
  const [first, ...earlier] = secrets;
  const current = keyFrom(first, purpose);
  const keys = new Map(
    [current, ...earlier.map((secret) => keyFrom(secret, purpose))].map((key) => [key.id, key]),
  );
  return {
    keyId: current.id,
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, current.bytes, nonce).setAAD(Buffer.from(context));
      const parts = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
      return `v1.${current.id}.${Buffer.concat(parts).toString("base64url")}`;
    },
    open(sealed, context) {
      const [, id = "", body = ""] = SHAPE.exec(sealed) ?? [];
      const key = keys.get(id);
      return key === undefined ? undefined : opened(key.bytes, Buffer.from(body, "base64url"), context);
    },
  };
}

function opened(key: Buffer, bytes: Buffer, context: string): string | undefined {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString("utf8");
  } catch {
    // Only a failed authentication throws here: the text, its context or the key is another.
    return undefined;
  }
}

function keyFrom(secret: string, purpose: string): { id: string; bytes: Buffer } {
  const bytes = Buffer.from(hkdfSync("sha256", secret, "", purpose, KEY_BYTES));
  const id = createHash("sha256").update("gantry sealing key id").update(bytes).digest("hex");
  return { id: id.slice(0, ID_HEX_DIGITS), bytes };
}
