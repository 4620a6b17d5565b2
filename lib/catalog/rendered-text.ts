import { createHash } from "node:crypto";
import { BoundedCache } from "@/lib/catalog/bounded-cache";
import type { MediaReport } from "@/lib/extension/media-report";
import { safeHtml } from "@/lib/inspection/safe-html/safe-html";
import { storedPictures } from "@/lib/inspection/safe-html/stored-pictures";
import { singleton } from "@/lib/platform/singleton";

const BYTES_MAX = 16 * 1024 * 1024;

const slot = singleton<BoundedCache<string>>("rendered-texts");

/**
 * The safe HTML of a publisher's text, null for none. It is rendered when a page or answer first needs it, which takes
 * up to 50 ms, and remembered: pages of visitors with a session are made per request.
 */
export function renderedText(source: string | null, media: MediaReport | undefined): string | null {
  if (source === null) return null;
  const pictures = media && storedPictures(media);
  const key = createHash("sha256")
    .update(JSON.stringify([source, pictures && [...pictures]]))
    .digest("base64");
  const known = cache().get(key);
  if (known !== undefined) return known;
  const html = safeHtml(source, pictures);
  cache().set(key, html);
  return html;
}

function cache(): BoundedCache<string> {
  const known = slot.peek();
  if (known !== undefined) return known;
  const made = new BoundedCache<string>(BYTES_MAX, (html, key) => 2 * (html.length + key.length));
  slot.set(made);
  return made;
}
