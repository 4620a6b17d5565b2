import { ScreenshotStrip } from "@/components/catalog/extension/screenshot-strip";
import { CheckedMediaList } from "@/components/preflight/checked-media-list";
import type { CheckedMediaDocument } from "@/lib/catalog/documents/checked-media-document";
import type { ScreenshotDocument } from "@/lib/catalog/documents/documents";

export type Pictures = {
  /** Address of Gantry's own copy; null where there is none. */
  icon: string | null;
  /** Gantry's own copies. */
  screenshots: ScreenshotDocument[];
  /** What became of each address that the labels name. */
  checked: CheckedMediaDocument[];
};

/** The pictures as visitors will see them, and what became of each address. */
export function ShownPictures({ icon, screenshots, checked }: Pictures) {
  return (
    <div className="space-y-4">
      {icon === null ? null : (
        // biome-ignore lint/performance/noImgElement: stored in a sensible size already, by our own server
        <img src={icon} alt="Its icon" width={64} height={64} className="size-16 rounded-xl" />
      )}
      {screenshots.length > 0 ? <ScreenshotStrip screenshots={screenshots} /> : null}
      <CheckedMediaList media={checked} />
    </div>
  );
}
