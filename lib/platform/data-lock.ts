/**
 * Data lock: one process per data folder. The embedded database has no lock of its own, so a second process would open
 * the folder silently and corrupt it.
 *
 * Each process that wants the folder listens on its own local socket in `lock/` and reports whether it holds the folder
 * or still wants it. The operating system closes the socket when the process dies for any reason, so a dead holder is
 * recognized at once and a living one is never mistaken for dead. Names are never reused, so removing a dead socket
 * cannot affect a living process.
 *
 * If two processes want the folder, at least one sees the other, because each is visible before it looks. The one with
 * the greater name gives up; the other waits until that has happened, or until it learns that it came too late.
 */

import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, realpath, rename, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/platform/errors";

export type DataLock = { release(): Promise<void> };

type Standing = "wants" | "holds";

/** Longer paths do not fit into `sockaddr_un`. */
const SOCKET_PATH_BYTES_MAX = 100;
const NAME_BYTES = 6;
const NAME = /^[0-9a-f]{12}$/;
const ANSWER_TIMEOUT_MS = 5_000;
const ASK_AGAIN_MS = 20;

/** Takes the lock. Throws `AppError("configuration")` if a living process holds it. */
export async function lockDataFolder(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = await realpath(dataDir);
  return process.platform === "win32" ? lockWithPipe(folder) : lockWithSockets(folder);
}

async function lockWithSockets(dataDir: string): Promise<DataLock> {
  const folder = await socketFolder(dataDir);
  const name = randomBytes(NAME_BYTES).toString("hex");
  let standing: Standing = "wants";
  const server = await listen(path.join(folder, `${name}.new`), () => standing);
  const release = async () => {
    await rm(path.join(folder, name), { force: true });
    await close(server);
  };
  try {
    // A name becomes visible only once its socket responds.
    await rename(path.join(folder, `${name}.new`), path.join(folder, name));
    for (const other of await othersIn(folder, name))
      await settleWith(path.join(folder, other), other > name);
  } catch (error) {
    await release();
    throw error instanceof TakenError ? refusal(dataDir) : error;
  }
  standing = "holds";
  return { release };
}

class TakenError extends Error {}

/** Returns once the other process is gone. Throws if the other process holds the folder or takes precedence. */
async function settleWith(address: string, itGivesWay: boolean): Promise<void> {
  for (;;) {
    const answer = await ask(address);
    if (answer === "dead") return rm(address, { force: true });
    if (answer === "holds" || !itGivesWay) throw new TakenError();
    await sleep(ASK_AGAIN_MS);
  }
}

async function othersIn(folder: string, name: string): Promise<string[]> {
  return (await readdir(folder)).filter((other) => NAME.test(other) && other !== name);
}

async function socketFolder(dataDir: string): Promise<string> {
  const inside = path.join(dataDir, "lock");
  const fits = Buffer.byteLength(inside) + NAME_BYTES * 2 + "/.new".length <= SOCKET_PATH_BYTES_MAX;
  const folder = fits ? inside : path.join(os.tmpdir(), `gantry-${nameOf(dataDir)}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Windows allows one process per pipe name and frees the name when the process ends. */
async function lockWithPipe(dataDir: string): Promise<DataLock> {
  const server = await listen(`\\\\.\\pipe\\gantry-${nameOf(dataDir)}`, () => "holds").catch(() => {
    throw refusal(dataDir);
  });
  return { release: () => close(server) };
}

function nameOf(dataDir: string): string {
  return createHash("sha256").update(dataDir).digest("hex").slice(0, 24);
}

function refusal(dataDir: string): AppError {
  return new AppError("configuration", `Another Gantry is running on the data folder ${dataDir}.`, {
    suggestion:
      "Stop it first, or set GANTRY_DATA_DIR to another folder. To run several processes, use PostgreSQL (DATABASE_URL).",
  });
}

function listen(address: string, standing: () => Standing): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.end(standing());
    });
    server.once("error", reject);
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

/**
 * Asks the process behind `address` for its state. Only a refused connection proves that it is dead; no response means
 * that it is busy.
 */
function ask(address: string): Promise<Standing | "dead"> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = net.connect(address);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    socket.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED" || code === "ENOENT") resolve("dead");
    });
    socket.on("close", () => resolve(answer === "wants" ? "wants" : "holds"));
  });
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
