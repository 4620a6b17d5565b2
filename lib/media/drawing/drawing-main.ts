/** The program of an image rendering process; started by `DrawingProcess`. */

import { type DrawnPicture, drawPicture } from "@/lib/media/drawing/draw-picture";
import type { PictureShape } from "@/lib/media/picture-shape";

export type DrawRequest = { bytes: Uint8Array; shape: PictureShape };
export type FromDrawing = { kind: "ready" } | { kind: "done"; drawn: DrawnPicture };

const say = (message: FromDrawing) => process.send?.(message);

process.on("message", ({ bytes, shape }: DrawRequest) => {
  void drawPicture(bytes, shape).then((drawn) => say({ kind: "done", drawn }));
});
// Without its parent it has no purpose, and a render in progress would delay a normal exit.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
say({ kind: "ready" });
