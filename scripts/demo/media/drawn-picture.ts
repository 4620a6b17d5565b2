import sharp from "sharp";

/** Renders a drawing as publishers would host it: a PNG with few colors. */
export function pictureOf(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).png({ palette: true, compressionLevel: 9 }).toBuffer();
}
