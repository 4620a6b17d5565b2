/** A server.ts for the container that draws a picture, says under which users that happened, and ends. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import sharp from "sharp";
import { createDrawing } from "@/lib/media/drawing/drawing";
import { ICON } from "@/lib/media/picture-shape";

const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: "#00f" } });
const { kind } = await createDrawing().draw(await picture.png().toBuffer(), ICON);
const seen = { server: process.getuid?.(), drawing: drawingUsers(), drawn: kind };
process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0));

function drawingUsers(): number[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.filter(isDrawing).map((pid) => statSync(`/proc/${pid}`).uid);
}

function isDrawing(pid: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes("drawing-boot.mjs") && command.includes(process.cwd());
  } catch {
    // It ended while we looked.
    return false;
  }
}
