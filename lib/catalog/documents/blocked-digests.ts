import { type Block, strictestFirst } from "@/lib/extension/policy/block";
import type { BlockRecord } from "@/lib/marketplace/public-records";

/** Looks up the block of an image by digest, in any repository. */
export type BlockedDigests = (digest: string) => Block | undefined;

/** Where several blocks cover a digest, the strictest applies. */
export function blockedDigests(blocks: readonly BlockRecord[]): BlockedDigests {
  const known = new Map<string, Block>();
  for (const block of strictestFirst(blocks).toReversed())
    for (const digest of block.digests) known.set(digest, block);
  return (digest) => known.get(digest);
}
