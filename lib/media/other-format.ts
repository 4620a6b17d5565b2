import type { PictureProblem } from "@/lib/extension/findings/picture-fixes";
import { isHtml } from "@/lib/media/image-format";

/** File formats that Gantry does not read, by their first bytes in hex. */
const FORMATS: readonly { name: string; start: RegExp; reason?: PictureProblem["reason"] }[] = [
  { name: "an ICO file", start: /^0000(?:01|02)00/, reason: "ico" },
  { name: "a BMP image", start: /^424d/ },
  { name: "a TIFF image", start: /^(?:49492[ab]00|4d4d002[ab])/ },
  { name: "a Photoshop file", start: /^38425053/ },
  { name: "an AVIF image", start: /^.{8}66747970617669(?:66|73)/ },
  { name: "a HEIC image", start: /^.{8}66747970(?:686569|686576|6d696631|6d736631)/ },
  { name: "a JPEG XL image", start: /^(?:ff0a|0000000c4a584c20)/ },
  { name: "a JPEG 2000 image", start: /^(?:0000000c6a502020|ff4fff51)/ },
  { name: "a PostScript file", start: /^25215053/ },
  { name: "a video", start: /^(?:.{8}66747970|1a45dfa3)/ },
  { name: "a PDF file", start: /^25504446/, reason: "pdf" },
  { name: "a compressed file", start: /^1f8b/, reason: "compressed_svg" },
];

const GIT_LFS = /^version https:\/\/git-lfs\.github\.com\/spec\//;
const START_BYTES = 64;

/** What a file that is no image of a known format is instead. */
export function otherFormat(bytes: Uint8Array): PictureProblem {
  if (bytes.length === 0) return { reason: "empty", why: "it is empty" };
  if (isHtml(bytes)) return { reason: "web_page", why: "it is a web page, not an image" };
  const start = Buffer.from(bytes.subarray(0, START_BYTES));
  if (GIT_LFS.test(start.toString("latin1")))
    return { reason: "git_lfs", why: "it is a pointer to a file in Git LFS, not the image" };
  const format = FORMATS.find((each) => each.start.test(start.toString("hex")));
  if (format === undefined)
    return { reason: "not_an_image", why: "it is not an SVG, PNG, JPEG, WebP or GIF image" };
  const { name, reason = "other_format" } = format;
  return { reason, why: `it is ${name}; Gantry reads SVG, PNG, JPEG, WebP and GIF only` };
}
