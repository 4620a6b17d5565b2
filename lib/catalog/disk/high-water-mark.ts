/** The high-water mark on disk: the highest revision served here. The copy beside it is written later and can lag. */

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { diskCopyFile } from "@/lib/catalog/disk/disk-copy";

export function highWaterMarkFile(dataDir: string): string {
  return path.join(path.dirname(diskCopyFile(dataDir)), "shown");
}

/** Resolves once the mark is written. The rename is atomic. */
export async function writeHighWaterMark(file: string, revision: bigint): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, `${revision}\n`, { mode: 0o600 });
  await rename(temporary, file);
}

/** 0 without a file, or when it does not hold a number. */
export async function readHighWaterMark(file: string): Promise<bigint> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "0";
    throw error;
  });
  return /^\d{1,19}\n?$/.test(text) ? BigInt(text.trim()) : 0n;
}
