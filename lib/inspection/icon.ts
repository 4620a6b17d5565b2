import { createHash } from "node:crypto";
import sharp, { type SharpOptions } from "sharp";
import { imageFormatOf } from "@/lib/inspection/image-format";
import type { InspectionLimits } from "@/lib/inspection/limits";

/** Picture bytes of our own making, addressed by their SHA-256 in hex. */
export type Media = { sha256: string; contentType: "image/png"; bytes: Uint8Array };

export type IconOutcome =
  | { kind: "rendered"; media: Media }
  /** `why` is a part of a sentence. */
  | { kind: "unusable"; why: string };

/** Side of the square that icons are fitted into, in pixels. */
export const ICON_PIXELS = 256;

const RENDER_SECONDS = 10;
const CSS_DENSITY = 72;
const DENSITY_MAX = 4800;

/**
 * Makes a PNG of at most 256 × 256 pixels out of untrusted picture bytes: the first frame, all metadata dropped. SVG is
 * drawn by librsvg, which runs no scripts and loads nothing from outside. Never throws: what cannot be drawn
 * within the limits is `unusable`.
 */
export async function renderIcon(bytes: Uint8Array, limits: InspectionLimits): Promise<IconOutcome> {
  const format = imageFormatOf(bytes);
  if (format === undefined) return unusable("it is not an SVG, PNG, JPEG, WebP or GIF picture");
  if (format === "ico") return unusable("it is an ICO file, and only SVG, PNG, JPEG, WebP and GIF are read");
  try {
    return { kind: "rendered", media: mediaOf(await draw(bytes, format === "svg", limits)) };
  } catch (error) {
    return unusable(reasonOf(error));
  }
}

async function draw(bytes: Uint8Array, isVector: boolean, limits: InspectionLimits): Promise<Uint8Array> {
  const options = { failOn: "error", limitInputPixels: limits.iconPixels, pages: 1 } as const;
  const density = isVector ? await densityFor(bytes, options) : CSS_DENSITY;
  return sharp(bytes, { ...options, density })
    .autoOrient()
    .resize(ICON_PIXELS, ICON_PIXELS, { fit: "inside", withoutEnlargement: !isVector })
    .timeout({ seconds: RENDER_SECONDS })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** Draws a vector picture near the size that is wanted, so that small ones are sharp and large ones cheap. */
async function densityFor(bytes: Uint8Array, options: SharpOptions): Promise<number> {
  // Measuring draws nothing, so the limit need not hold yet.
  const measured = sharp(bytes, { ...options, limitInputPixels: false, density: CSS_DENSITY });
  const { width, height } = await measured.metadata();
  const density = (CSS_DENSITY * ICON_PIXELS) / Math.max(width, height, 1);
  return Math.min(Math.max(density, 1), DENSITY_MAX);
}

function mediaOf(bytes: Uint8Array): Media {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), contentType: "image/png", bytes };
}

function unusable(why: string): IconOutcome {
  return { kind: "unusable", why };
}

/** The first line of the drawing library's words, without addresses inside our process. */
function reasonOf(error: unknown): string {
  const line = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  const words = line.replace(/^Input buffer /, "the picture ").slice(0, 200);
  return words === "" ? "it could not be drawn" : words;
}
