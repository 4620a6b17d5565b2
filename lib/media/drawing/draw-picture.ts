import { createHash } from "node:crypto";
import sharp, { type Sharp, type SharpOptions } from "sharp";
import type { StoredPicture } from "@/lib/extension/report/media-report";
import { imageFormatOf, isHtml } from "@/lib/media/image-format";
import type { PictureShape } from "@/lib/media/picture-shape";
import { svgProblem } from "@/lib/media/svg-problem";

/** Image bytes made by Gantry, identified by their SHA-256 in hex. */
export type Media = { sha256: string; contentType: StoredPicture["contentType"]; bytes: Uint8Array };

export type DrawnPicture =
  /**
   * `width` and `height` are those of the copy. `original`: the size of the source; absent for vector images without
   * one.
   */
  | { kind: "drawn"; media: Media; width: number; height: number; original: Original }
  /** `why` is part of a sentence. */
  | { kind: "unusable"; why: string }
  /** This machine could not render it this time, which says nothing about the image. */
  | { kind: "not_checked"; why: string };

export type Original = { width: number | undefined; frames: number };

const DRAWING_SECONDS = 10;
const CSS_DENSITY = 72;
const DENSITY_MAX = 4800;
const WEBP_QUALITIES = [82, 60, 40] as const;

/**
 * Renders a copy of untrusted image bytes: the first frame, scaled to fit `shape`, without metadata. Never throws: an
 * image that cannot be rendered within the limits is `unusable`, and `not_checked` if time ran out. librsvg renders
 * SVG; it runs no scripts and loads no external files, and an SVG that tries to is rejected.
 */
export async function drawPicture(bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture> {
  const format = imageFormatOf(bytes);
  if (format === undefined) return unusable(notAPicture(bytes));
  if (format === "ico") return unusable("it is an ICO file; Gantry reads SVG, PNG, JPEG, WebP and GIF only");
  const problem = format === "svg" ? svgProblem(bytes) : undefined;
  if (problem !== undefined) return unusable(problem);
  try {
    return await draw(bytes, format === "svg", shape);
  } catch (error) {
    return isTimeout(error)
      ? { kind: "not_checked", why: "drawing it took too long" }
      : unusable(reasonOf(error));
  }
}

function notAPicture(bytes: Uint8Array): string {
  if (bytes.length === 0) return "it is empty";
  return isHtml(bytes) ? "it is a web page, not an image" : "it is not an SVG, PNG, JPEG, WebP or GIF image";
}

async function draw(bytes: Uint8Array, isVector: boolean, shape: PictureShape): Promise<DrawnPicture> {
  const options = { failOn: "error", limitInputPixels: shape.maxPixels, pages: 1 } as const;
  const { width = 0, height = 0, pages = 1 } = await measure(bytes);
  const density = isVector ? densityFor(Math.max(width / shape.width, height / shape.height)) : CSS_DENSITY;
  const fitted = sharp(bytes, { ...options, density })
    .autoOrient()
    .resize(shape.width, shape.height, { fit: "inside", withoutEnlargement: !isVector })
    .timeout({ seconds: DRAWING_SECONDS });
  const copy = await encode(fitted, shape);
  if (copy === undefined)
    return unusable(`its re-encoded copy would have more than ${shape.copyBytes} bytes`);
  return {
    kind: "drawn",
    media: mediaOf(copy.bytes, shape),
    width: copy.width,
    height: copy.height,
    original: { width: isVector ? undefined : width, frames: pages },
  };
}

/** Reads only the header, so the pixel limit need not apply yet. */
function measure(bytes: Uint8Array) {
  const options: SharpOptions = { failOn: "error", limitInputPixels: false, density: CSS_DENSITY };
  return sharp(bytes, options).metadata();
}

/** Rasterizes a vector image at about the requested size, so that small ones are sharp and large ones cheap. */
function densityFor(scale: number): number {
  return Math.min(Math.max(CSS_DENSITY / Math.max(scale, 1 / DENSITY_MAX), 1), DENSITY_MAX);
}

type Copy = { bytes: Uint8Array; width: number; height: number };

/** Lowers the quality until the copy is small enough; undefined if it never is. */
async function encode(fitted: Sharp, shape: PictureShape): Promise<Copy | undefined> {
  const tries =
    shape.format === "png"
      ? [
          fitted.clone().png({ compressionLevel: 9 }),
          fitted.clone().png({ compressionLevel: 9, palette: true }),
        ]
      : WEBP_QUALITIES.map((quality) => fitted.clone().webp({ quality }));
  for (const attempt of tries) {
    const { data, info } = await attempt.toBuffer({ resolveWithObject: true });
    if (data.length <= shape.copyBytes) return { bytes: data, width: info.width, height: info.height };
  }
  return undefined;
}

function mediaOf(bytes: Uint8Array, { format }: PictureShape): Media {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { sha256, contentType: `image/${format}`, bytes };
}

/** libvips reports `timeout: 42% complete`. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /^timeout: /.test(error.message);
}

function unusable(why: string): DrawnPicture {
  return { kind: "unusable", why };
}

/** The first line of the image library's error message, without addresses in the process's memory. */
function reasonOf(error: unknown): string {
  const line = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  const words = line.replace(/^Input (?:buffer|image) /, "the picture ").slice(0, 200);
  return words === "" ? "it could not be decoded" : words;
}
