/** The program of a process that draws pictures; started by `DrawingProcess`. */

import { type DrawnPicture, drawPicture } from "@/lib/media/drawing/draw-picture";
import type { PictureShape } from "@/lib/media/picture-shape";

export type DrawRequest = { bytes: Uint8Array; shape: PictureShape };
export type FromDrawing = { kind: "ready" } | { kind: "done"; drawn: DrawnPicture };

const say = (message: FromDrawing) => process.send?.(message);

process.on("message", ({ bytes, shape }: DrawRequest) => {
  void drawPicture(bytes, shape).then((drawn) => say({ kind: "done", drawn }));
});
// Without its owner it has no purpose, and a drawing that runs would hold up an ordinary exit.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
say({ kind: "ready" });
