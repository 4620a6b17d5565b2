/** Blocks of images. A block applies to a digest, in every repository and under every tag. */

import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";

/** `hard`: users should remove the image. `soft`: users are warned. */
export type BlockLevel = "hard" | "soft";

/** `repository` (canonical) and `tag`: the name under which the image was blocked. `reason` is public. */
export type Block = { repository: string; tag: string; level: BlockLevel; reason: string };

/** Hard blocks before soft ones; stable. When several blocks cover an image, the first one applies. */
export function strictestFirst<B extends Pick<Block, "level">>(blocks: readonly B[]): B[] {
  return blocks.toSorted((a, b) => Number(b.level === "hard") - Number(a.level === "hard"));
}

/** The image name for people, such as `acme/disk-lens:1.2.0`. */
export function blockedAs({ repository, tag }: Pick<Block, "repository" | "tag">): string {
  return `${familiarName(parseRepository(repository))}:${tag}`;
}

/** The finding that tells publisher and reviewers that `block` covers the image. */
export function blockedImageFinding(block: Block): Finding {
  return makeFinding("image_blocked", { image: blockedAs(block), why: block.reason });
}
