import { ScreenshotStrip } from "@/components/catalog/extension/screenshot-strip";
import { CheckedMediaList } from "@/components/preflight/checked-media-list";
import type { CheckedMediaDocument } from "@/lib/catalog/documents/checked-media-document";
import type { ScreenshotDocument } from "@/lib/catalog/documents/documents";

export type ListingMedia = {
  /** The URL of Gantry's copy; null without one. */
  icon: string | null;
  /** Gantry's copies. */
  screenshots: ScreenshotDocument[];
  /** The result for each URL in the labels. */
  checked: CheckedMediaDocument[];
};

/** The images as visitors will see them, and the result for each URL. */
export function ListingMediaPreview({ icon, screenshots, checked }: ListingMedia) {
  return (
    <div className="space-y-4">
      {icon === null ? null : (
        // biome-ignore lint/performance/noImgElement: our server stores it at a sensible size
        <img src={icon} alt="Extension icon" width={64} height={64} className="size-16 rounded-xl" />
      )}
      {screenshots.length > 0 ? <ScreenshotStrip screenshots={screenshots} /> : null}
      <CheckedMediaList media={checked} />
    </div>
  );
}
