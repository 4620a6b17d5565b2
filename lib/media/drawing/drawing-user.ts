import { statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A user ID without an account, so that the rendering process shares no files or signals with others. */
export const DRAWING_UID = 64_213;

/** `scripts/container/run.mjs` passes this argument to announce that it starts the rendering processes. */
const LAUNCHER_ARGUMENT = "--drawing-launcher";

const READ_BY_OTHERS = 0o004;
const ENTER_BY_OTHERS = 0o001;

export type DrawingUser =
  /** Through the launcher of the container image, which is the only one that can change users. */
  | { kind: "launcher" }
  /** Only root can start a process as another user. */
  | { kind: "own"; uid: number }
  /** As the user of this process. */
  | { kind: "shared"; why: string };

/** The user that renders images here. */
export function drawingUser(): DrawingUser {
  if (process.send !== undefined && process.argv.includes(LAUNCHER_ARGUMENT)) return { kind: "launcher" };
  if (process.getuid?.() !== 0)
    return { kind: "shared", why: "only root can start a process as another user" };
  const hidden = [process.execPath, fileURLToPath(import.meta.url)].find((file) => !canOthersRead(file));
  if (hidden !== undefined) return { kind: "shared", why: `another user could not read ${hidden}` };
  return { kind: "own", uid: DRAWING_UID };
}

function canOthersRead(file: string): boolean {
  const folders = ancestorsOf(file);
  return (
    (statSync(file).mode & READ_BY_OTHERS) !== 0 &&
    folders.every((folder) => (statSync(folder).mode & ENTER_BY_OTHERS) !== 0)
  );
}

function ancestorsOf(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [folder, ...ancestorsOf(folder)];
}
