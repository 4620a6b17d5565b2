import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** True when the product that this stamp lies in was made from exactly these inputs. */
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

/** Taken away before the product is touched, so that a half-made one never looks finished. */
export function removeStamp(file) {
  rmSync(file, { force: true });
}
