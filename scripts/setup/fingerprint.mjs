import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Hashes the names and contents of files and folders; missing ones are skipped.
 * @param {string[]} entries
 * @param {{ except?: string[], extra?: string[] }} options paths to skip; additional text to hash
 */
export function fingerprint(entries, { except = [], extra = [] } = {}) {
  const hash = createHash("sha256");
  for (const value of extra) hash.update(`${value.length}:${value}`);
  for (const file of entries.flatMap((entry) => filesUnder(entry, except)).sort()) {
    const content = readFileSync(file);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(entry, except) {
  if (except.includes(entry)) return [];
  const stat = statSync(entry, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (!stat.isDirectory()) return [entry];
  return readdirSync(entry).flatMap((name) => filesUnder(path.join(entry, name), except));
}
