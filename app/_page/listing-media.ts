import type { ListingMedia } from "@/components/preflight/listing-media";
import { checkedMediaDocuments } from "@/lib/catalog/documents/checked-media-document";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { mediaPath } from "@/lib/safe-html/stored-pictures";

/** The results for an image's icon, screenshots and links, with the copies that visitors see. */
export function listingMedia({ media }: InspectionReport): ListingMedia {
  const screenshots = media.screenshots.flatMap(({ alt, ...shot }) => {
    if (shot.outcome !== "stored") return [];
    const { sha256, width, height } = shot.picture;
    return [{ url: mediaPath(sha256), alt, width, height }];
  });
  const icon = media.icon?.outcome === "stored" ? mediaPath(media.icon.picture.sha256) : null;
  return { icon, screenshots, checked: checkedMediaDocuments(media) };
}
