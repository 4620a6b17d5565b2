import { type Block, strictestFirst } from "@/lib/extension/policy/block";
import type { BlockRecord } from "@/lib/marketplace/public-records";

/** The block of an image wherever it comes from; undefined when nothing blocks it. */
export type BlockedDigests = (digest: string) => Block | undefined;

/** Where several blocks cover a digest, the strictest counts. */
export function blockedDigests(blocks: readonly BlockRecord[]): BlockedDigests {
  const known = new Map<string, Block>();
  for (const block of strictestFirst(blocks).toReversed())
    for (const digest of block.digests) known.set(digest, block);
  return (digest) => known.get(digest);
}
