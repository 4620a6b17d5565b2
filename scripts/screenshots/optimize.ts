import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";

/** Optimizes a PNG with its own palette, without visible loss for screenshots. */
export async function optimize(file: string): Promise<void> {
  const bytes = await readFile(file);
  const small = await sharp(bytes)
    .png({ palette: true, quality: 92, effort: 10, compressionLevel: 9 })
    .toBuffer();
  await writeFile(file, small.length < bytes.length ? small : bytes);
}
