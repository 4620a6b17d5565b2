import type { Pictures } from "@/components/preflight/shown-pictures";
import { checkedMediaDocuments } from "@/lib/catalog/documents/checked-media-document";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { mediaPath } from "@/lib/safe-html/stored-pictures";

/** What became of the pictures and links of an image that was submitted or scanned, and the copies that visitors would see. */
export function shownPictures({ media }: InspectionReport): Pictures {
  const screenshots = media.screenshots.flatMap(({ alt, ...shot }) => {
    if (shot.outcome !== "stored") return [];
    const { sha256, width, height } = shot.picture;
    return [{ url: mediaPath(sha256), alt, width, height }];
  });
  const icon = media.icon?.outcome === "stored" ? mediaPath(media.icon.picture.sha256) : null;
  return { icon, screenshots, checked: checkedMediaDocuments(media) };
}
