import type { Digest } from "@/lib/extension/reference/digest";
import { mayBeChosen, type Platform } from "@/lib/extension/reference/platform";

/** A manifest to inspect. Fields from an index are absent if no index lists the manifest. */
export type ImageEntry = {
  digest: Digest;
  platform?: Platform | undefined;
  mediaType?: string;
  sizeBytes?: number;
  annotations?: Record<string, string>;
};

/** `selectable`: whether Docker Desktop could choose this image. */
export type ImageCandidate = ImageEntry & { selectable: boolean };

export function imageCandidates(entries: readonly ImageEntry[]): ImageCandidate[] {
  const platforms = entries.flatMap(({ platform }) => (platform === undefined ? [] : [platform]));
  return entries.map((entry) => ({
    ...entry,
    selectable: mayBeChosen(entry.platform, platforms),
  }));
}
