/** The production code: everything that the rules of the house hold for. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const FOLDERS = ["lib", "app", "components"];
const GENERATED = ["lib/platform/prisma/"];
export const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Paths from the checkout's top, with slashes. */
export function productionFiles(): string[] {
  const inFolders = FOLDERS.flatMap(filesIn).filter((file) => SCRIPT.test(file) && !isGenerated(file));
  return existsSync(path.join(ROOT, "server.ts")) ? [...inFolders, "server.ts"] : inFolders;
}

export function readSource(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

export function isGenerated(file: string): boolean {
  return GENERATED.some((folder) => file.startsWith(folder));
}

/** Every file below `folder`, as paths from the checkout's top. */
export function filesIn(folder: string): string[] {
  const absolute = path.join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  const found = readdirSync(absolute, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return found.map((entry) =>
    path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
  );
}
