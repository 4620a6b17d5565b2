import { createHash } from "node:crypto";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { Drawing } from "@/lib/media/drawing/drawing";
import type { PictureShape } from "@/lib/media/picture-shape";
import { Remembered } from "@/lib/media/remembered";

const MEMORY_BYTES_MAX = 32 * 1024 * 1024;

/**
 * The same drawing, where the same bytes are drawn once: the versions of an extension mostly have the same icon.
 * What could not be drawn is tried anew, since it may have been the machine's fault.
 */
export function rememberedDrawing(drawing: Drawing, maxBytes = MEMORY_BYTES_MAX): Drawing {
  const drawn = new Remembered<DrawnPicture>({
    lifetimeMs: Number.POSITIVE_INFINITY,
    maxBytes,
    sizeOf: (picture) => (picture.kind === "drawn" ? picture.media.bytes.length : 0),
    now: () => 0,
  });
  const running = new Map<string, Promise<DrawnPicture>>();

  async function drawOnce(key: string, bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture> {
    try {
      const picture = await drawing.draw(bytes, shape);
      if (picture.kind === "drawn") drawn.set(key, picture);
      return picture;
    } finally {
      running.delete(key);
    }
  }

  return {
    async draw(bytes, shape) {
      const key = `${createHash("sha256").update(bytes).digest("hex")} ${JSON.stringify(shape)}`;
      const known = drawn.get(key) ?? running.get(key);
      if (known !== undefined) return known;
      const drawing = drawOnce(key, bytes, shape);
      running.set(key, drawing);
      return drawing;
    },
    close: () => drawing.close(),
  };
}
