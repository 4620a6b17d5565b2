import { randomUUID } from "node:crypto";
import { CRASHED, type DrawingChild, type DrawingEvents } from "@/lib/media/drawing/drawing-child";
import type { FromDrawing } from "@/lib/media/drawing/drawing-main";

/** Messages from the launcher in the container image; `scripts/container/run.mjs` is the other end. */
type FromLauncher = { drawing: "message"; id: string; message: FromDrawing } | { drawing: "end"; id: string };

/** A rendering process that the launcher starts and whose messages it forwards. */
export function launchedChild({ onMessage, onEnd }: DrawingEvents): DrawingChild {
  const id = randomUUID();
  const listen = (message: FromLauncher) => {
    if (message.id !== id) return;
    if (message.drawing === "message") return onMessage(message.message);
    process.off("message", listen);
    onEnd(new Error(CRASHED));
  };
  const say = (message: object) => process.send?.({ ...message, id });
  process.on("message", listen);
  say({ drawing: "start" });
  return {
    send: (request) => {
      say({ drawing: "send", request });
    },
    kill: () => {
      say({ drawing: "kill" });
    },
    ref: () => process.channel?.ref(),
    unref: () => process.channel?.unref(),
  };
}
