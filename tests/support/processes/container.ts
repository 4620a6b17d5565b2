/** What the Dockerfile says, and a folder with exactly what its last stage holds. No container engine is needed. */

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import path from "node:path";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

export type ContainerFile = {
  /** Of the last stage. */
  environment: Record<string, string>;
  user: string;
  /** Paths from the checkout's top that are copied out of the build stage. */
  copied: string[];
  command: string[];
  healthCheck: string[];
};

export function readContainerFile(): ContainerFile {
  const text = readFileSync("Dockerfile", "utf8").replaceAll("\\\n", " ");
  const last = text.slice(text.lastIndexOf("\nFROM "));
  const lines = last.split("\n").map((line) => line.trim());
  const rest = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).trim());
  const [command = "[]"] = rest("CMD");
  const [healthCheck = ""] = rest("HEALTHCHECK");
  const copied = rest("COPY").flatMap((line) => line.split(/\s+/).filter((part) => part.startsWith("/app/")));
  return {
    environment: Object.fromEntries(rest("ENV").flatMap((line) => line.split(/\s+/).map(pair))),
    user: rest("USER").at(-1) ?? "root",
    copied: copied.map((part) => part.slice("/app/".length)),
    command: JSON.parse(command),
    healthCheck: JSON.parse(healthCheck.slice(healthCheck.indexOf("CMD ") + "CMD ".length)),
  };
}

/** The image's /app: what it copies out of this checkout, which is built, with the packages that are left in it. */
export function openContainerFolder({ copied }: ContainerFile): string {
  const { path: folder } = temporaryFolder("container");
  // The server in it runs as another user.
  chmodSync(folder, 0o755);
  for (const each of copied) linkTree(each, path.join(folder, each));
  // npm writes these in place; a link would change the checkout's own.
  for (const file of ["package.json", "package-lock.json", "node_modules/.package-lock.json"]) {
    rmSync(path.join(folder, file), { force: true });
    copyFileSync(file, path.join(folder, file));
  }
  removeBuildTools(folder);
  rmSync(path.join(folder, "package-lock.json"));
  return folder;
}

/** What the Dockerfile's `packages` stage does, without its download. */
function removeBuildTools(folder: string): void {
  execFileSync("npm", ["pkg", "delete", "devDependencies"], { cwd: folder });
  execFileSync("npm", ["prune", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
  const next = path.join(folder, "node_modules", "@next");
  for (const name of readdirSync(next).filter((each) => each.startsWith("swc-")))
    rmSync(path.join(next, name), { recursive: true });
}

/** Hard links where they are possible: a copy of node_modules takes a minute. Replace a file of it, never write to one. */
export function linkTree(from: string, to: string): void {
  const kind = lstatSync(from);
  if (kind.isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) linkTree(path.join(from, name), path.join(to, name));
  } else if (kind.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
  } else {
    mkdirSync(path.dirname(to), { recursive: true });
    linkOrCopy(from, to);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function pair(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
