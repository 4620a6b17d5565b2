import { createHash } from "node:crypto";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { Drawing } from "@/lib/media/drawing/drawing-port";
import type { PictureShape } from "@/lib/media/picture-shape";
import { lruCache } from "@/lib/platform/lru-cache";
import { SingleFlight } from "@/lib/platform/single-flight";

const MEMORY_BYTES_MAX = 32 * 1024 * 1024;
/** Approximate overhead of a cache entry, in addition to the copy. */
const ENTRY_BYTES = 512;

/**
 * Renders the same bytes only once (LRU cache and single-flight): most versions of an extension have the same icon.
 * Failures are not cached, because the machine can be their cause.
 */
export function rememberedDrawing(drawing: Drawing, maxBytes = MEMORY_BYTES_MAX): Drawing {
  const drawn = lruCache<string, DrawnPicture>({
    maxSize: maxBytes,
    sizeOf: (picture) => ENTRY_BYTES + (picture.kind === "drawn" ? picture.media.bytes.length : 0),
  });
  const drawings = new SingleFlight<string, DrawnPicture>();

  return {
    async draw(bytes, shape) {
      const key = `${createHash("sha256").update(bytes).digest("hex")} ${JSON.stringify(shape)}`;
      return drawn.get(key) ?? drawings.run(key, () => drawAndKeep(key, bytes, shape));
    },
    close: () => drawing.close(),
  };

  async function drawAndKeep(key: string, bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture> {
    const picture = await drawing.draw(bytes, shape);
    if (picture.kind === "drawn") drawn.set(key, picture);
    return picture;
  }
}
