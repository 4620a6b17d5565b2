import type { CasePictures } from "@/components/admin/case-media";
import { checkedMediaDocuments } from "@/lib/catalog/checked-media-document";
import type { InspectionReport } from "@/lib/extension/inspection-report";
import { mediaPath } from "@/lib/inspection/safe-html/stored-pictures";

/** What became of the pictures and links of an image, and the copies that visitors would see. */
export function casePictures({ media }: InspectionReport): CasePictures {
  const screenshots = media.screenshots.flatMap(({ alt, ...shot }) => {
    if (shot.outcome !== "stored") return [];
    const { sha256, width, height } = shot.picture;
    return [{ url: mediaPath(sha256), alt, width, height }];
  });
  const icon = media.icon?.outcome === "stored" ? mediaPath(media.icon.picture.sha256) : null;
  return { icon, screenshots, checked: checkedMediaDocuments(media) };
}
