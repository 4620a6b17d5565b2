/** What of the image can be tried without a container engine: its commands, on exactly its files, as another user. */

import { chmodSync, chownSync, copyFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DRAWING_UID } from "@/lib/media/drawing/drawing-user";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { type Child, startChild } from "@/tests/support/processes/child";
import { linkTree, openContainerFolder, readContainerFile } from "@/tests/support/processes/container";
import { freePort } from "@/tests/support/processes/free-port";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { unprivilegedUser } from "@/tests/support/processes/unprivileged-user";

/** Each check is a process. */
const BETWEEN_CHECKS_MS = 500;

const file = readContainerFile();
const user = unprivilegedUser();

let folder: string;
let postgres: Postgres;

beforeAll(async () => {
  folder = openContainerFolder(file);
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.close();
});

/** Files belong to root in the image, so that a server that wanted to write beside its code would fail here too. */
async function startInImage(settings: Record<string, string>): Promise<{ server: Child; port: number }> {
  const port = await freePort();
  const { path: dataDir } = temporaryFolder("container-data");
  if (user !== undefined) chownSync(dataDir, user.uid, user.gid);
  const [, ...args] = file.command;
  const env = { ...file.environment, PORT: String(port), GANTRY_DATA_DIR: dataDir, ...settings };
  const server = await startChild(process.execPath, args, { cwd: folder, env, ...user });
  return { server, port };
}

async function healthOf(port: number): Promise<number | null> {
  const [, ...args] = file.healthCheck;
  const check = await startChild(process.execPath, args, {
    cwd: folder,
    env: { PORT: String(port) },
    ...user,
  });
  return (await check.exited).code;
}

async function untilHealthy(port: number, server: Child): Promise<void> {
  const ended = server.exited.then(() => {
    throw new Error(`The server ended: ${server.output()}`);
  });
  const healthy = (async () => {
    while ((await healthOf(port)) !== 0) await sleep(BETWEEN_CHECKS_MS);
  })();
  await Promise.race([healthy, ended]);
}

test("its first program and its health check are files of its own", () => {
  expect(file.command[0]).toBe("node");
  expect(file.copied).toContain(file.command[1]);
  expect(file.copied).toContain(file.healthCheck[1]);
});

test.runIf(process.getuid?.() === 0)(
  "as root it starts the server as another user, and pictures are drawn as a third one",
  async () => {
    const probe = temporaryFolder("container-probe").path;
    for (const name of readdirSync(folder)) linkTree(path.join(folder, name), path.join(probe, name));
    chmodSync(probe, 0o755);
    rmSync(path.join(probe, "server.ts"));
    copyFileSync("tests/support/programs/drawing-server.ts", path.join(probe, "server.ts"));
    const [, ...args] = file.command;
    const server = await startChild(process.execPath, args, { cwd: probe, env: file.environment });
    const { code } = await server.exited;
    expect(code, server.output()).toBe(0);
    const seen: { server: number; drawing: number[]; drawn: string } = JSON.parse(server.output());
    expect(seen).toEqual({ server: 1000, drawing: [DRAWING_UID], drawn: "drawn" });
  },
);

test("alone it serves pages and the API on its embedded database, and ends when asked", async () => {
  const { server, port } = await startInImage({});
  await untilHealthy(port, server);
  await server.line(/Gantry runs at/);
  const page = await fetch(`http://127.0.0.1:${port}/sign-in`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<form");
  const api = await fetch(`http://127.0.0.1:${port}/api/v1/extensions`);
  expect(await api.json()).toMatchObject({ items: [] });
  expect(await server.stop("SIGTERM")).toMatchObject({ code: 0 });
  expect(await healthOf(port)).toBe(1);
});

test("as web and worker it shares a PostgreSQL database", async () => {
  const shared = {
    DATABASE_URL: await postgres.createDatabase(),
    AUTH_SECRET: "a".repeat(64),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  };
  const web = await startInImage({ ...shared, GANTRY_ROLE: "web" });
  const worker = await startInImage({ ...shared, GANTRY_ROLE: "worker" });
  await Promise.all([web, worker].map(({ port, server }) => untilHealthy(port, server)));
  expect((await fetch(`http://127.0.0.1:${web.port}/sign-in`)).status).toBe(200);
  const ends = await Promise.all([web, worker].map(({ server }) => server.stop("SIGTERM")));
  expect(ends).toMatchObject([{ code: 0 }, { code: 0 }]);
});

test("without its secrets a web process refuses to start and names them", async () => {
  const { server } = await startInImage({ GANTRY_ROLE: "web" });
  expect((await server.exited).code).not.toBe(0);
  expect(server.output()).toContain("AUTH_SECRET");
});
