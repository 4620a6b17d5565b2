import type { Brand } from "@/lib/extension/reference/brand";

/** `sha256:` or `sha512:` with lowercase hex of the right length (OCI image-spec, descriptor.md, "Digests"). */
export type Digest = Brand<string, "Digest">;

const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** The digest, or undefined when `text` is not one that Gantry can verify. */
export function parseDigest(text: string): Digest | undefined {
  return isDigest(text) ? text : undefined;
}

export function isDigest(text: string): text is Digest {
  return DIGEST.test(text);
}
