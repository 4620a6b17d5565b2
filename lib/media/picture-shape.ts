const MEBIBYTE = 1024 * 1024;

/** The purpose of an image, with the limits for source and copy. */
export type PictureShape = {
  /** Maximum size of the source file. */
  maxBytes: number;
  /** Maximum number of decoded pixels. */
  maxPixels: number;
  /** The copy is scaled to fit this size in pixels. */
  width: number;
  height: number;
  /** Maximum size of the copy. */
  copyBytes: number;
  format: "png" | "webp";
  /** Images narrower than this, in pixels, look poor where they are shown. */
  fineWidth: number;
};

export const ICON: PictureShape = {
  maxBytes: MEBIBYTE,
  maxPixels: 4096 * 4096,
  width: 256,
  height: 256,
  copyBytes: 512 * 1024,
  format: "png",
  fineWidth: 64,
};

/** The labels' documentation recommends 2400 × 1600; tall pages can be longer. */
export const SCREENSHOT: PictureShape = {
  maxBytes: 10 * MEBIBYTE,
  maxPixels: 40_000_000,
  width: 2400,
  height: 4800,
  copyBytes: 2 * MEBIBYTE,
  format: "webp",
  fineWidth: 640,
};
