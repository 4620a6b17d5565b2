// The container's entry point. As root, it starts the server as the user `node` and, on the server's request, the image
// renderers as another user, which the server itself has no permission to do. It reads no requests, opens no files of
// the data folder, and only forwards messages. As any other user it only starts the server.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SERVER_UID = 1000;
const DRAWING_UID = 64_213;
const CHILDREN_MAX = 8;
const root = fileURLToPath(new URL("../../", import.meta.url));
const isRoot = process.getuid() === 0;
const empty = emptyFolder();

/** @type {Map<string, import("node:child_process").ChildProcess>} */
const drawing = new Map();

const server = spawn(
  process.execPath,
  ["--import", "tsx", "server.ts", ...(isRoot ? ["--drawing-launcher"] : [])],
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
    // In its own process group: a Ctrl-C from the terminal would otherwise reach it twice, and the second one stops it
    // at once.
    detached: true,
    ...(isRoot ? { uid: SERVER_UID, gid: SERVER_UID } : {}),
  },
);
server.on("message", ({ drawing: wish, id, request }) => {
  if (wish === "start") start(id);
  else if (wish === "send") drawing.get(id)?.send(request);
  else if (wish === "kill") drawing.get(id)?.kill("SIGKILL");
});
server.on("error", (error) => {
  console.error(`Gantry can't start. ${error.message}`);
  process.exit(1);
});
server.on("exit", (code, signal) => {
  for (const child of drawing.values()) child.kill("SIGKILL");
  process.exit(code ?? (signal === null ? 1 : 128));
});
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => server.kill(signal));

function emptyFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "gantry-drawing-"));
  chmodSync(folder, 0o555);
  return folder;
}

function start(id) {
  const say = (message) => server.connected && server.send({ ...message, id });
  if (!isRoot || drawing.size >= CHILDREN_MAX) return say({ drawing: "end" });
  const child = spawn(process.execPath, [`${root}lib/media/drawing/drawing-boot.mjs`], {
    cwd: empty,
    env: {
      NODE_ENV: "production",
      UV_THREADPOOL_SIZE: "2",
      VIPS_CONCURRENCY: "1",
      MALLOC_ARENA_MAX: "2",
      TSX_TSCONFIG_PATH: `${root}tsconfig.json`,
    },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
    uid: DRAWING_UID,
    gid: DRAWING_UID,
  });
  drawing.set(id, child);
  const end = () => drawing.delete(id) && say({ drawing: "end" });
  child.on("message", (message) => say({ drawing: "message", message }));
  child.on("error", end);
  child.on("exit", end);
}
