import { createHash, randomBytes } from "node:crypto";

export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** `bytes` random bytes as URL-safe text. */
export function randomText(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
