import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/**
 * The trimmed text of a file, or undefined if it does not exist. Restricts the file to its owner if it is not
 * restricted yet.
 */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, "utf8");
    await chmod(file, OWNER_ONLY_FILE);
    return text.trim();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes to a temporary file and renames it, so that a crash never leaves half a secret. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(aside, `${text}\n`, { mode: OWNER_ONLY_FILE, flag: "wx" });
  await rename(aside, file);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
