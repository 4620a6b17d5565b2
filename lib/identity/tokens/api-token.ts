/** What an API token looks like: `gtry_`, 32 random base62 characters, and a checksum of 6 characters. */

import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Brand } from "@/lib/extension/reference/brand";
import { sha256Hex } from "@/lib/platform/crypto";

export type ApiTokenText = Brand<string, "ApiTokenText">;

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "gtry_";
const RANDOM_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const HINT_LENGTH = PREFIX.length + 4;
const SHAPE = /^gtry_[0-9A-Za-z]{38}$/;

/** A new token, and what is stored of it: its hash and its first characters, which identify it. */
export function makeApiToken(): { token: ApiTokenText; tokenHash: string; hint: string } {
  const random = randomBase62(RANDOM_LENGTH);
  const token = asApiToken(`${PREFIX}${random}${checksum(random)}`);
  return { token, tokenHash: hashApiToken(token), hint: token.slice(0, HINT_LENGTH) };
}

/** Undefined when `text` cannot be a token of any Gantry: mistyped, truncated, or something else. */
export function parseApiToken(text: string): ApiTokenText | undefined {
  if (!SHAPE.test(text)) return undefined;
  const random = text.slice(PREFIX.length, -CHECKSUM_LENGTH);
  return text.endsWith(checksum(random)) ? asApiToken(text) : undefined;
}

export function hashApiToken(token: ApiTokenText): string {
  return sha256Hex(token);
}

/** Holds when the text was made or checked above. */
function asApiToken(text: string): ApiTokenText {
  return text as ApiTokenText;
}

/** CRC-32 in base62, padded; 62^6 is more than 2^32. */
function checksum(random: string): string {
  let rest = crc32(random);
  let digits = "";
  while (digits.length < CHECKSUM_LENGTH) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}

/** Bytes from 248 on are discarded, so that every character is equally likely. */
function randomBase62(length: number): string {
  const limit = 256 - (256 % ALPHABET.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
}
