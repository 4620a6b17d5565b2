import { createHash } from "node:crypto";
import type { MediaReport } from "@/lib/extension/report/media-report";
import { isAppError } from "@/lib/platform/errors";
import { type LruCache, lruCache } from "@/lib/platform/lru-cache";
import { singleton } from "@/lib/platform/singleton";
import { INLINE_WEIGHT } from "@/lib/platform/threads/task";
import { taskThreads } from "@/lib/platform/threads/task-threads";
import { RENDER_TEXT, safeHtml } from "@/lib/safe-html/safe-html";
import { storedPictures } from "@/lib/safe-html/stored-pictures";

/** A publisher's text and the stored images that it can show. */
export type PublisherText = { source: string | null; media: MediaReport | undefined };

const BYTES_MAX = 16 * 1024 * 1024;

const slot = singleton<LruCache<string, string>>("rendered-texts");

/** The text as safe HTML; null for null. Cached, because pages for signed-in visitors are rendered per request. */
export function renderedText({ source, media }: PublisherText): string | null {
  if (source === null) return null;
  const pictures = media && storedPictures(media);
  const key = keyOf(source, pictures);
  const known = cache().get(key);
  if (known !== undefined) return known;
  const html = safeHtml(source, pictures);
  cache().set(key, html);
  return html;
}

/**
 * Renders a long text in a worker thread, so that `renderedText` finds it in the cache. Never throws: without a free
 * thread, `renderedText` renders it itself, in at most about a tenth of a second.
 */
export async function renderAhead({ source, media }: PublisherText): Promise<void> {
  if (source === null || RENDER_TEXT.weigh({ source }) <= INLINE_WEIGHT) return;
  const pictures = media && storedPictures(media);
  const key = keyOf(source, pictures);
  if (cache().get(key) !== undefined) return;
  try {
    cache().set(key, await taskThreads().run(RENDER_TEXT, { source, pictures }));
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

function keyOf(source: string, pictures: ReturnType<typeof storedPictures> | undefined): string {
  return createHash("sha256")
    .update(JSON.stringify([source, pictures && [...pictures]]))
    .digest("base64");
}

function cache(): LruCache<string, string> {
  return slot.getOrSet(() =>
    lruCache({ maxSize: BYTES_MAX, sizeOf: (html, key) => 2 * (html.length + key.length) }),
  );
}
