/** A block of an image: it holds in every repository and under every tag. */

import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { familiarName, parseRepository } from "@/lib/extension/reference/repository";

/** `hard` = remove it, `soft` = warn. */
export type BlockLevel = "hard" | "soft";

/** `repository` (canonical) and `tag`: what it was blocked as. `reason` is public. */
export type Block = { repository: string; tag: string; level: BlockLevel; reason: string };

/** Where several blocks cover an image, the first one counts. The order of equals is kept. */
export function strictestFirst<B extends Pick<Block, "level">>(blocks: readonly B[]): B[] {
  return blocks.toSorted((a, b) => Number(b.level === "hard") - Number(a.level === "hard"));
}

/** For people. */
export function blockedAs({ repository, tag }: Pick<Block, "repository" | "tag">): string {
  return `${familiarName(parseRepository(repository))}:${tag}`;
}

/** For the publisher and the reviewers of an image that `block` covers. */
export function blockedImageFinding(block: Block): Finding {
  return makeFinding("image_blocked", { image: blockedAs(block), why: block.reason });
}
