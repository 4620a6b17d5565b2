import { clsx } from "clsx";
import type { ExtensionDocument } from "@/lib/catalog/documents/documents";

/** Screenshots side by side, to be scrolled through; each opens in full. Its frame has its size before it is loaded. */
export function ScreenshotStrip({ screenshots }: Pick<ExtensionDocument, "screenshots">) {
  // One alone has room for more than its thumbnail.
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
              {/* biome-ignore lint/performance/noImgElement: stored in a sensible size already, by our own server */}
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
            {alt === "" ? null : <figcaption className="mt-1.5 text-sm text-ink-soft">{alt}</figcaption>}
          </figure>
        </li>
      ))}
    </ul>
  );
}
