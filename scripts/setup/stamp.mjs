import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Whether the stamped product was created from exactly these inputs. */
export function hasStamp(file, value) {
  try {
    return readFileSync(file, "utf8") === value;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

export function writeStamp(file, value) {
  writeFileSync(file, value);
}

/** Called before the product changes, so that a partial one never looks complete. */
export function removeStamp(file) {
  rmSync(file, { force: true });
}
