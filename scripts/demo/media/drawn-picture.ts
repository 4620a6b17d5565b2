import sharp from "sharp";

/** A drawing as a publisher would put it on a site: a PNG with few colours. */
export function pictureOf(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg)).png({ palette: true, compressionLevel: 9 }).toBuffer();
}
