/**
 * One process per data folder. The embedded database has no lock of its own, so a second process would open
 * the folder silently and corrupt it.
 *
 * The lock is a listening local socket inside the folder: the operating system closes it when its process
 * dies, however it dies, so a dead holder is recognised at once and a living one never by mistake.
 */

import { createHash } from "node:crypto";
import { access, link, mkdir, realpath, rename, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { AppError } from "@/lib/platform/errors";

export type DataLock = { release(): Promise<void> };

/** Longer paths do not fit into `sockaddr_un`. */
const SOCKET_PATH_BYTES_MAX = 100;

/** Takes the lock, or throws `AppError("configuration")` when a living process holds it. */
export async function lockDataFolder(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const address = await lockAddress(dataDir);
  if (process.platform === "win32")
    return { release: closer(await listen(address).catch(() => refuse(dataDir))) };
  const mine = `${address}.${process.pid}`;
  await rm(mine, { force: true });
  const server = await listen(mine);
  try {
    await claim(mine, address, dataDir);
  } catch (error) {
    await closer(server)();
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
  return {
    async release() {
      await rm(address, { force: true });
      await closer(server)();
    },
  };
}

/** `link` fails when the name exists, so of two processes that start together exactly one gets it. */
async function claim(mine: string, address: string, dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const taken = await link(mine, address).then(
      () => true,
      () => false,
    );
    if (taken) return;
    if (await answers(address)) refuse(dataDir);
    await setAsideDeadSocket(address, dataDir);
  }
  refuse(dataDir);
}

/** Moves the name away before looking at it again: whoever claimed it meanwhile gets it back. */
async function setAsideDeadSocket(address: string, dataDir: string): Promise<void> {
  const aside = `${address}.dead.${process.pid}`;
  await rename(address, aside).catch(ignoreMissing);
  if (await answers(aside)) {
    await link(aside, address).catch(ignoreExisting);
    await rm(aside, { force: true });
    refuse(dataDir);
  }
  await rm(aside, { force: true });
}

function refuse(dataDir: string): never {
  throw new AppError("configuration", `Another Gantry is running on the data folder ${dataDir}.`, {
    suggestion:
      "Stop it first, or give this one a folder of its own with GANTRY_DATA_DIR. For several processes use PostgreSQL (DATABASE_URL).",
  });
}

async function lockAddress(dataDir: string): Promise<string> {
  const folder = await realpath(dataDir);
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 24);
  if (process.platform === "win32") return `\\\\.\\pipe\\gantry-${name}`;
  const inside = path.join(folder, "lock");
  return Buffer.byteLength(inside) <= SOCKET_PATH_BYTES_MAX
    ? inside
    : path.join(os.tmpdir(), `gantry-${name}.lock`);
}

function listen(address: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.end());
    server.once("error", reject);
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

async function answers(address: string): Promise<boolean> {
  if (
    !(await access(address).then(
      () => true,
      () => false,
    ))
  )
    return false;
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function closer(server: net.Server): () => Promise<void> {
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
