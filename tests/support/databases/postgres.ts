/** A real PostgreSQL server of the tests' own: fresh data, a port of its own, gone with the tests. */

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { migratePostgres } from "@/lib/platform/db/postgres";
import { findPostgresFolder } from "@/scripts/testing/find-tool.mjs";
import { copyFolder, templateFolder } from "@/tests/support/databases/template-folder";
import { type Child, startChild } from "@/tests/support/processes/child";
import { freePort } from "@/tests/support/processes/free-port";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { signalProcessTree } from "@/tests/support/processes/process-tree";
import { type User, unprivilegedUser } from "@/tests/support/processes/unprivileged-user";

export type Postgres = {
  /** Of the database `postgres`, as a superuser; stays the same when the server is started again. */
  url: string;
  /** Makes a database, empty or as a copy of `template` (which must have no connections), and returns its URL. */
  createDatabase(options?: { name?: string; template?: string }): Promise<string>;
  /** Makes one with Gantry's tables and returns its URL. */
  createMigratedDatabase(): Promise<string>;
  /** Ends the server; `crash` as `kill -9` does. What was committed stays. */
  stop(how?: "tidy" | "crash"): Promise<void>;
  /** Starts it again on the same data, at the same address. */
  start(): Promise<void>;
  /** Freezes it: connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it for good and removes its data. */
  close(): Promise<void>;
};

const SUPERUSER = "gantry";

/** Has Gantry's tables; nobody connects to it. */
const MIGRATED = "migrated";

/** Takes half a second. Share one server in a test file and give each test a database. */
export async function startPostgres(): Promise<Postgres> {
  const programs = programsFolder();
  const template = await templateFolder(`postgres-${path.basename(path.dirname(programs))}`, (unfinished) =>
    makeTemplate(programs, unfinished),
  );
  const folder = temporaryFolder("postgres");
  const data = path.join(folder.path, "data");
  const user = unprivilegedUser();
  if (user !== undefined) chownSync(folder.path, user.uid, user.gid);
  await copyFolder(template, data);
  return startOn({ programs, folder, data, port: await freePort(), user });
}

/** A new cluster with a migrated database in it. */
async function makeTemplate(programs: string, data: string): Promise<void> {
  const user = unprivilegedUser();
  const folder = temporaryFolder("postgres-template");
  if (user !== undefined) chownSync(folder.path, user.uid, user.gid);
  const made = path.join(folder.path, "data");
  const options = ["-A", "trust", "-U", SUPERUSER, "--locale=C.UTF-8", "-N", "-D", made];
  await promisify(execFile)(path.join(programs, "initdb"), options, { ...user, cwd: folder.path });
  const server = await startOn({ programs, folder, data: made, port: await freePort(), user });
  await migratePostgres(await server.createDatabase({ name: MIGRATED }));
  await server.stop();
  await copyFolder(made, data);
  folder.remove();
}

async function startOn(server: Server): Promise<Postgres> {
  let running: Child | undefined = await serve(server);
  const url = (database: string) => `postgres://${SUPERUSER}@127.0.0.1:${server.port}/${database}`;
  const stop = async (how: "tidy" | "crash" = "tidy") => {
    await (how === "crash" ? running?.kill() : running?.stop("SIGINT"));
    running = undefined;
  };
  const createDatabase: Postgres["createDatabase"] = async ({
    name = `test_${randomBytes(6).toString("hex")}`,
    template = "template0",
  } = {}) => {
    await runSql(
      url("postgres"),
      `CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`,
    );
    return url(name);
  };
  return {
    url: url("postgres"),
    createDatabase,
    createMigratedDatabase: () => createDatabase({ template: MIGRATED }),
    stop,
    async start() {
      running ??= await serve(server);
    },
    pause: () => signalProcessTree(running?.pid, "SIGSTOP"),
    resume: () => signalProcessTree(running?.pid, "SIGCONT"),
    async close() {
      signalProcessTree(running?.pid, "SIGCONT");
      await stop();
      server.folder.remove();
    },
  };
}

type Server = {
  programs: string;
  folder: { path: string; remove(): void };
  data: string;
  port: number;
  user: User | undefined;
};

function programsFolder(): string {
  const programs = findPostgresFolder();
  if (programs === undefined)
    throw new Error("No PostgreSQL server was found. On Debian: apt-get install postgresql.");
  return programs;
}

/** Commits must survive a crash of the server, but not one of the machine, so nothing is forced to the disk. */
async function serve({ programs, folder, data, port, user }: Server): Promise<Child> {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: folder.path,
    fsync: "off",
    full_page_writes: "off",
    max_connections: 200,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = await startChild(path.join(programs, "postgres"), ["-D", data, ...flags], {
    ...user,
    cwd: folder.path,
    endSignal: "SIGQUIT",
  });
  await child.line(/database system is ready to accept connections/);
  return child;
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
