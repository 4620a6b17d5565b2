import { accessSync, constants, readdirSync } from "node:fs";
import path from "node:path";

/** Folders of the PostgreSQL server programs, which are not on PATH; `*` is a version. */
const POSTGRES_FOLDERS = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
];
const CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @returns {string | undefined} the folder of the newest PostgreSQL server (initdb and postgres) */
export function findPostgresFolder() {
  const newestFirst = POSTGRES_FOLDERS.flatMap(foldersLike).sort((a, b) => versionIn(b) - versionIn(a));
  const onPath = findOnPath("initdb");
  const candidates = onPath === undefined ? newestFirst : [...newestFirst, path.dirname(onPath)];
  return candidates.find((folder) =>
    ["initdb", "postgres"].every((name) => isExecutable(path.join(folder, name))),
  );
}

/** @returns {string | undefined} an installed Chromium: CHROMIUM_PATH, or else one on PATH */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== "") return isExecutable(named) ? named : undefined;
  return CHROMIUM_NAMES.map(findOnPath).find((file) => file !== undefined);
}

/**
 * @param {string} name the import path of a Go package
 * @returns {string | undefined} the folder with its sources, as Debian installs them
 */
export function findGoPackage(name) {
  const folder = path.join(GO_PACKAGES, name);
  return listed(folder).some((file) => file.endsWith(".go")) ? folder : undefined;
}

const GO_PACKAGES = "/usr/share/gocode/src";

/** @returns {string | undefined} the absolute path of a program on PATH */
export function findOnPath(/** @type {string} */ name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function foldersLike(/** @type {string} */ pattern) {
  const [before, after] = pattern.split("*");
  const parent = path.dirname(`${before}x`);
  const prefix = path.basename(`${before}x`).slice(0, -1);
  return listed(parent)
    .filter((name) => name.startsWith(prefix))
    .map((name) => path.join(parent, `${name}${after}`));
}

function versionIn(/** @type {string} */ folder) {
  return Number.parseFloat(/\d+(\.\d+)?/.exec(folder)?.[0] ?? "0");
}

function listed(/** @type {string} */ folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
