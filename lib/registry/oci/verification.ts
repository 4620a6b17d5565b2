import { createHash, type Hash } from "node:crypto";
import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import { AppError } from "@/lib/platform/errors";

/** The hash function of a digest. `Digest` is always sha256 or sha512. */
export function hashFor(digest: Digest): Hash {
  return createHash(digest.startsWith("sha512:") ? "sha512" : "sha256");
}

export function sha256Digest(bytes: Uint8Array): Digest {
  const digest = parseDigest(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
  if (digest === undefined) throw new TypeError("Use a SHA-256 digest in hexadecimal.");
  return digest;
}

/** Throws `digest_mismatch` unless the bytes have this digest. */
export function verifyBytes(bytes: Uint8Array, digest: Digest, what: string): void {
  verifyHash(hashFor(digest).update(bytes), digest, what);
}

export function verifyHash(hash: Hash, digest: Digest, what: string): void {
  const actual = actualDigest(hash, digest);
  if (actual !== digest) throw mismatch(`The bytes of ${what} have the digest ${actual}, not ${digest}.`);
}

/** Whether everything that was hashed has this digest. Ends the hash. */
export function hasDigest(hash: Hash, digest: Digest): boolean {
  return actualDigest(hash, digest) === digest;
}

function actualDigest(hash: Hash, digest: Digest): string {
  return `${digest.slice(0, digest.indexOf(":"))}:${hash.digest("hex")}`;
}

export function mismatch(message: string): AppError {
  return new AppError("digest_mismatch", message, {
    suggestion:
      "The registry, or a cache in front of it, serves damaged or replaced content. Gantry used none of it.",
    retryable: true,
  });
}
