import type { Finding } from "@/lib/extension/findings/finding";
import { blockedImageFinding } from "@/lib/extension/policy/block";
import { imageDigests } from "@/lib/extension/report/image-digests";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { coveringBlocks } from "@/lib/marketplace/blocks/covering-blocks";
import type { Tx } from "@/lib/platform/db/database";

type Image = Pick<InspectionReport, "digest" | "platforms">;

/** The findings on an image that is blocked here, in any repository, for its publisher and reviewers. */
export type FindingsOfBlocks = (image: Image) => Finding[];

/** Reads the blocks of all `images` in one query. */
export async function findingsOfBlocks(tx: Tx, images: readonly Image[]): Promise<FindingsOfBlocks> {
  const blocks = images.length === 0 ? [] : await coveringBlocks(tx, images.flatMap(digestsIn));
  return (image) => {
    const digests = new Set(digestsIn(image));
    const block = blocks.find((one) => one.digests.some((digest) => digests.has(digest)));
    return block === undefined ? [] : [blockedImageFinding(block)];
  };
}

export async function blockedImageFindings(tx: Tx, image: Image): Promise<Finding[]> {
  return (await findingsOfBlocks(tx, [image]))(image);
}

function digestsIn({ digest, platforms }: Image): string[] {
  return imageDigests(digest, platforms);
}
