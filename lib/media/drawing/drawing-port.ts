import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { PictureShape } from "@/lib/media/picture-shape";

/**
 * Renders untrusted images in separate processes; see `drawPicture`. Processes start when images are queued and end
 * after a while without work. A failure affects only the image that caused it.
 */
export type Drawing = {
  draw(bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture>;
  /** Ends idle processes at once and busy ones when their work is done. */
  close(): void;
};
