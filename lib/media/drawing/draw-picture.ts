import { createHash } from "node:crypto";
import sharp, { type Sharp, type SharpOptions } from "sharp";
import type { PictureProblem } from "@/lib/extension/findings/picture-fixes";
import type { StoredPicture } from "@/lib/extension/report/media-report";
import { recognizable, type Size, svgOfSize } from "@/lib/media/drawing/svg-size";
import { imageFormatOf } from "@/lib/media/image-format";
import { otherFormat } from "@/lib/media/other-format";
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
  | ({ kind: "unusable" } & PictureProblem)
  /** `why` is part of a sentence: this machine could not render it this time, which says nothing about the image. */
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
  if (format === undefined) return { kind: "unusable", ...otherFormat(bytes) };
  const problem = format === "svg" ? svgProblem(bytes) : undefined;
  if (problem !== undefined) return { kind: "unusable", ...problem };
  try {
    return await (format === "svg" ? drawVector(bytes, shape) : drawRaster(bytes, shape));
  } catch (error) {
    if (isTimeout(error)) return { kind: "not_checked", why: "drawing it took too long" };
    return { kind: "unusable", ...problemOf(error, format === "svg") };
  }
}

async function drawRaster(bytes: Uint8Array, shape: PictureShape): Promise<DrawnPicture> {
  const { width = 0, pages = 1 } = await measure(bytes, CSS_DENSITY);
  return drawn(bytes, { density: CSS_DENSITY, isVector: false }, shape, { width, frames: pages });
}

/** At the size of the copy, so that small drawings are sharp and large ones cheap. */
async function drawVector(file: Uint8Array, shape: PictureShape): Promise<DrawnPicture> {
  const bytes = recognizable(file);
  const original = { width: undefined, frames: 1 };
  const sized = svgOfSize(bytes, shape) ?? svgOfSize(bytes, shape, sizeOf(await measure(bytes, CSS_DENSITY)));
  if (sized !== undefined) {
    const { width, height } = await measure(sized.bytes, CSS_DENSITY);
    if (width === sized.size.width && height === sized.size.height)
      return drawn(sized.bytes, { density: CSS_DENSITY, isVector: true }, shape, original);
  }
  return drawn(bytes, { density: await fittingDensity(bytes, shape), isVector: true }, shape, original);
}

function sizeOf({ width, height }: { width?: number; height?: number }): Size | undefined {
  return width === undefined || height === undefined ? undefined : { width, height };
}

/** The resolution for a drawing whose size only the image library knows. Physical units grow with its square. */
async function fittingDensity(bytes: Uint8Array, shape: PictureShape): Promise<number> {
  const scale = scaleOf(await measure(bytes, CSS_DENSITY), shape);
  const density = densityFor(scale);
  const isPhysical = scaleOf(await measure(bytes, density), shape) > 1.5;
  return isPhysical ? densityFor(Math.sqrt(scale)) : density;
}

function scaleOf(
  { width = 0, height = 0 }: { width?: number; height?: number },
  shape: PictureShape,
): number {
  return Math.max(width / shape.width, height / shape.height);
}

type Reading = { density: number; isVector: boolean };

async function drawn(
  bytes: Uint8Array,
  { density, isVector }: Reading,
  shape: PictureShape,
  original: Original,
): Promise<DrawnPicture> {
  const fitted = sharp(bytes, { failOn: "error", limitInputPixels: shape.maxPixels, pages: 1, density })
    .autoOrient()
    .resize(shape.width, shape.height, { fit: "inside", withoutEnlargement: !isVector })
    .timeout({ seconds: DRAWING_SECONDS });
  const copy = await encode(fitted, shape);
  if (copy === undefined) {
    const why = `its re-encoded copy would have more than ${shape.copyBytes} bytes`;
    return { kind: "unusable", reason: "copy_too_large", why };
  }
  const media = mediaOf(copy.bytes, shape);
  return { kind: "drawn", media, width: copy.width, height: copy.height, original };
}

/** Reads only the header, so the pixel limit need not apply yet. */
function measure(bytes: Uint8Array, density: number) {
  const options: SharpOptions = { failOn: "error", limitInputPixels: false, density };
  return sharp(bytes, options).metadata();
}

/** `scale`: the size at `CSS_DENSITY`, as a part of the copy's. */
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

/** By the first line of the image library's message, without addresses in the process's memory. */
function problemOf(error: unknown, isVector: boolean): PictureProblem {
  const line = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
  const words = line.replace(/^Input (?:buffer|image) /, "the picture ").slice(0, 200);
  const why = words === "" ? "it could not be decoded" : words;
  if (/pixel limit/.test(line)) return { reason: "too_many_pixels", why };
  if (/bad dimensions|zero-sized/.test(line))
    return { reason: "svg_size", why: "it is an SVG without a usable width, height or viewBox" };
  return { reason: isVector ? "svg_invalid" : "damaged", why };
}
