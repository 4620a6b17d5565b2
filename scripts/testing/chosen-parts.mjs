import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { StepFailed } from "../setup/run.mjs";

const TEST_FILE = /\.(test|spec)\.ts$/;

/**
 * Resolves the arguments of `npm test -- …`: names of parts, and files or folders below `tests`.
 * @returns `{ name, files }` in the order of `known`; the whole part without `files`
 */
export function chosenParts(wishes, known) {
  if (wishes.length === 0) return known.map((name) => ({ name }));
  const chosen = new Map();
  for (const wish of wishes) {
    const { name, file } = known.includes(wish) ? { name: wish } : partOfPath(wish, known);
    const files = chosen.has(name) ? chosen.get(name) : [];
    // A whole part includes its files.
    chosen.set(name, file === undefined || files === undefined ? undefined : [...files, file]);
  }
  return known.filter((name) => chosen.has(name)).map((name) => ({ name, files: chosen.get(name) }));
}

function partOfPath(wish, known) {
  const relative = path.relative(".", wish);
  if (!existsSync(relative)) {
    throw new StepFailed(
      `No such part, file or folder: ${wish}.`,
      `Choose one of ${known.join(", ")}, or name a file or folder below tests.`,
    );
  }
  const [tests, name, ...below] = relative.split(path.sep);
  if (tests === "tests" && name === "drills")
    throw new StepFailed(`${wish} is a drill.`, "Run it with npm run drill -- <name>.");
  if (tests !== "tests" || !known.includes(name) || !hasTests(relative)) {
    throw new StepFailed(
      `${wish} is neither a test nor a folder with tests.`,
      `Name a file or folder below ${known.map((part) => `tests/${part}`).join(", ")}.`,
    );
  }
  if (below.length === 0) return { name };
  // Runners match by substring, so a folder must end with a slash.
  return { name, file: isFolder(relative) ? `${relative}${path.sep}` : relative };
}

function hasTests(file) {
  if (!isFolder(file)) return TEST_FILE.test(file);
  return readdirSync(file, { recursive: true }).some((name) => TEST_FILE.test(name));
}

function isFolder(file) {
  return statSync(file).isDirectory();
}
