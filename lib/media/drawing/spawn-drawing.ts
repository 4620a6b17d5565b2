import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { CRASHED, type DrawingChild, type DrawingEvents } from "@/lib/media/drawing/drawing-child";
import { launchedChild } from "@/lib/media/drawing/drawing-launcher-client";
import type { FromDrawing } from "@/lib/media/drawing/drawing-main";
import { drawingUser } from "@/lib/media/drawing/drawing-user";

/** Defined apart from their use so that a bundler finds no file to bundle: the process always runs the source. */
const BOOT = "./drawing-boot.mjs";
const TSCONFIG = "../../../tsconfig.json";

/**
 * Starts a process as another user where the system supports it, with an empty working directory and environment and no
 * open handle but its channel. `program` replaces the rendering program in tests.
 */
export function startDrawingChild(events: DrawingEvents, program?: URL): DrawingChild {
  const user = drawingUser();
  if (user.kind === "launcher" && program === undefined) return launchedChild(events);
  const folder = emptyFolder();
  const boot = fileURLToPath(new URL(BOOT, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [boot, ...(program ? [program.href] : [])], {
    cwd: folder,
    env: drawingEnvironment(fileURLToPath(new URL(TSCONFIG, import.meta.url))),
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
    ...(user.kind === "own" ? { uid: user.uid, gid: user.uid } : {}),
  });
  const end = (why: Error) => {
    rmSync(folder, { recursive: true, force: true });
    events.onEnd(why);
  };
  child.on("message", (message: FromDrawing) => events.onMessage(message));
  child.on("error", end);
  child.on("exit", () => end(new Error(CRASHED)));
  return ownChild(child);
}

/** Nothing of this process's environment: no secrets, no addresses, no paths except that of the compiler settings. */
function drawingEnvironment(tsconfig: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    UV_THREADPOOL_SIZE: "2",
    VIPS_CONCURRENCY: "1",
    MALLOC_ARENA_MAX: "2",
    TSX_TSCONFIG_PATH: tsconfig,
  };
}

function ownChild(child: ChildProcess): DrawingChild {
  return {
    send: (request) => {
      child.send(request);
    },
    kill: () => {
      child.kill("SIGKILL");
    },
    ref() {
      child.ref();
      child.channel?.ref();
    },
    unref() {
      child.unref();
      child.channel?.unref();
    },
  };
}

/** The other user can enter this folder but not write to it. */
function emptyFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gantry-drawing-"));
  chmodSync(folder, 0o555);
  return folder;
}
