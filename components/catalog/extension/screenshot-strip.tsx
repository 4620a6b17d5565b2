import { clsx } from "clsx";
import type { ExtensionDocument } from "@/lib/catalog/documents/documents";

/** Screenshots in a row that scrolls; each links to its full size. Frames are sized before images load, to avoid layout shift. */
export function ScreenshotStrip({ screenshots }: Pick<ExtensionDocument, "screenshots">) {
  // A single screenshot is shown larger.
  const isAlone = screenshots.length === 1;
  return (
    <ul className="flex snap-x snap-mandatory gap-4 overflow-x-auto pb-3">
      {screenshots.map(({ url, alt, width, height }, index) => (
        <li
          key={`${url} ${alt}`}
          className={clsx(
            "w-fit shrink-0 snap-start",
            isAlone ? "max-w-full sm:max-w-xl" : "max-w-[85%] sm:max-w-md",
          )}
        >
          <figure>
            <a href={url} className="block overflow-hidden rounded-lg border border-line bg-sunken">
              {/* biome-ignore lint/performance/noImgElement: our server stores it at a sensible size */}
              <img
                src={url}
                alt={alt === "" ? `Screenshot ${index + 1}` : alt}
                width={width}
                height={height}
                loading={index === 0 ? "eager" : "lazy"}
                decoding="async"
                className={clsx("h-auto w-auto max-w-full object-contain", isAlone ? "max-h-96" : "max-h-72")}
              />
            </a>
            {alt === "" ? null : (
              <figcaption className="mt-1.5 text-sm text-ink-soft">
                <bdi>{alt}</bdi>
              </figcaption>
            )}
          </figure>
        </li>
      ))}
    </ul>
  );
}
