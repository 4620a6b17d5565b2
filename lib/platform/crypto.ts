import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

export function sha256Hex(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** URL-safe random text of `bytes` × 8 bits. */
export function randomText(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}

/** Compares without telling by its duration where two texts differ. */
export function equalsInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
