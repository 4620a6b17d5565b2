import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";

/** Rewrites a PNG with a palette of its own, which screenshots lose nothing by that a reader would see. */
export async function optimise(file: string): Promise<void> {
  const bytes = await readFile(file);
  const small = await sharp(bytes)
    .png({ palette: true, quality: 92, effort: 10, compressionLevel: 9 })
    .toBuffer();
  await writeFile(file, small.length < bytes.length ? small : bytes);
}
