/** Nothing that a test starts or writes outlives the test process, however that process ends. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

type Entry = { group: number; signal: NodeJS.Signals } | { folder: string };

let reaper: { write(line: string): void } | undefined;

/** Ends a process group with `signal` (and soon after with SIGKILL) once we are gone. Returns the way to take it back. */
export function endWithUs(group: number, signal: NodeJS.Signals): () => void {
  tell({ register: { group, signal } });
  return () => tell({ forget: { group, signal } });
}

/** A new folder under the system's temporary one, removed once we are gone, or earlier by `remove`. */
export function temporaryFolder(name: string): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `gantry-${name}-`));
  tell({ register: { folder } });
  return {
    path: folder,
    remove() {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      tell({ forget: { folder } });
    },
  };
}

function tell(message: { register: Entry } | { forget: Entry }): void {
  reaper ??= startReaper();
  reaper.write(`${JSON.stringify(message)}\n`);
}

/** In a group of its own, so that Ctrl+C ends the tests but not the reaper; unreferenced, so that they need not wait for it. */
function startReaper(): { write(line: string): void } {
  const script = fileURLToPath(new URL("./reaper.mjs", import.meta.url));
  const child = spawn(process.execPath, [script], { detached: true, stdio: ["pipe", "ignore", "inherit"] });
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return { write: (line) => void child.stdin.write(line) };
}
