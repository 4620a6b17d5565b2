import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { PictureShape } from "@/lib/media/picture-shape";

/**
 * Draws untrusted pictures in processes of their own; see `drawPicture`. They are started when pictures wait and
 * ended after a while without any. What goes wrong with one is the outcome of that one picture.
 */
export type Drawing = {
  draw(bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture>;
  /** Ends the processes that wait, and those that draw as soon as they have. */
  close(): void;
};
