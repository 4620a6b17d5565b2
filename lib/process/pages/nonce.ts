import { randomText } from "@/lib/platform/crypto";

/** 128 random bits. */
const NONCE_BYTES = 16;

/** Of base64url without padding: each nonce fits exactly where another one stood. */
export const NONCE_CHARACTERS = 22;

export function randomNonce(): string {
  return randomText(NONCE_BYTES);
}
