/** Image formats, detected by their first bytes: file names and content types are not trusted. */
export type ImageFormat = "svg" | "png" | "jpeg" | "gif" | "webp";

const SVG_SEARCH_BYTES = 4096;

/** The format, or undefined for anything else. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, SVG_SEARCH_BYTES));
  const hex = start.subarray(0, 12).toString("hex");
  if (hex.startsWith("89504e470d0a1a0a")) return "png";
  if (hex.startsWith("ffd8ff")) return "jpeg";
  if (/^GIF8[79]a/.test(start.toString("latin1"))) return "gif";
  if (/^52494646.{8}57454250/.test(hex)) return "webp";
  return isSvg(start.toString("utf8")) ? "svg" : undefined;
}

/** Servers send HTML in place of an image: an error page or a sign-in form. */
export function isHtml(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, SVG_SEARCH_BYTES)).toString("utf8");
  return /^[\s\uFEFF]*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(start);
}

/** An XML document whose first element is `svg`, with or without a namespace prefix. */
function isSvg(text: string): boolean {
  const firstElement = /<([A-Za-z][\w.:-]*)/.exec(text.replace(/<!--[\s\S]*?-->/g, ""));
  return /^[\s\uFEFF]*</.test(text) && /^(?:\w+:)?svg$/.test(firstElement?.[1] ?? "");
}
