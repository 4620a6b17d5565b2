/** Digests and names as in the distribution-spec. */

import { createHash } from "node:crypto";
import { RegistryError } from "@/scripts/demo/registry/errors";

const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const SHA256 = /^sha256:[0-9a-f]{64}$/;
const NAME_LENGTH_MAX = 255;

export function requireName(text: string): string {
  if (text.length <= NAME_LENGTH_MAX && NAME.test(text)) return text;
  throw new RegistryError("NAME_INVALID", "invalid repository name");
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

export function isDigest(text: string): boolean {
  return SHA256.test(text);
}

export function requireDigest(text: string | null | undefined): string {
  if (typeof text === "string" && isDigest(text)) return text;
  throw new RegistryError("DIGEST_INVALID", "the digest is not sha256 in lowercase hex");
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
