import { randomText } from "@/lib/platform/crypto";

/** 128 random bits. */
const NONCE_BYTES = 16;

/** Base64url without padding: all nonces have the same length. */
export const NONCE_CHARACTERS = 22;

export function randomNonce(): string {
  return randomText(NONCE_BYTES);
}
