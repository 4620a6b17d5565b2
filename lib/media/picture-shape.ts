const MEBIBYTE = 1024 * 1024;

/** What a picture is for, and how large it may come in and go out. */
export type PictureShape = {
  /** Longest file that is read. */
  maxBytes: number;
  /** Most pixels that are decoded. */
  maxPixels: number;
  /** The copy fits into these, in pixels. */
  width: number;
  height: number;
  /** Longest copy. */
  copyBytes: number;
  format: "png" | "webp";
  /** Narrower pictures look poor where they are shown, in pixels. */
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

/** 2400 × 1600 is what the labels' documentation recommends; a tall page may be longer. */
export const SCREENSHOT: PictureShape = {
  maxBytes: 10 * MEBIBYTE,
  maxPixels: 40_000_000,
  width: 2400,
  height: 4800,
  copyBytes: 2 * MEBIBYTE,
  format: "webp",
  fineWidth: 640,
};
