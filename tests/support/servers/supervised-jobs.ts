/** Starts and kills the job program on a database of its own, and reads what its crashes left there. */

import type { Database } from "@/lib/platform/db/database";
import { openPglite } from "@/lib/platform/db/pglite";
import { openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { unpackTemplate } from "@/tests/support/databases/pglite-template";
import type { Postgres } from "@/tests/support/databases/postgres";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import type { ProgramJob } from "@/tests/support/programs/job-program";

const PROGRAM = ["--import", "tsx", "tests/support/programs/job-program.ts"];
/** Far more than any test needs. */
const STARTS_MAX = 20;

export type CrashCounts = { subject: string; crashes: number; crashesAlone: number };

export type SupervisedJobs = {
  /** Starts the program, which sends `jobs` first, and waits until it works. */
  start(jobs?: ProgramJob[], settings?: Record<string, string>): Promise<Child>;
  /** Starts the program again whenever it dies, as a supervisor does. Returns all that it printed. */
  superviseUntil(last: RegExp, jobs: ProgramJob[]): Promise<string[]>;
  /** Only while no child has the embedded database open. */
  inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  crashes(): Promise<CrashCounts[]>;
  /** Makes the database remember crashes of earlier processes. */
  rememberCrashes(counts: CrashCounts): Promise<void>;
  close(): Promise<void>;
};

/** Without a server: on the embedded engine, in a folder. */
export async function superviseJobs(server: Postgres | undefined): Promise<SupervisedJobs> {
  const folder = temporaryFolder("jobs");
  const env = await openedDatabase(server, folder.path);
  const children: Child[] = [];

  const start: SupervisedJobs["start"] = async (jobs = [], settings = {}) => {
    const child = await startChild(process.execPath, PROGRAM, {
      env: { ...env, ...settings, JOBS: JSON.stringify(jobs) },
    });
    children.push(child);
    await child.line(/works/);
    return child;
  };

  const inDatabase: SupervisedJobs["inDatabase"] = async (work) => {
    const url = env.DATABASE_URL;
    const db = url === undefined ? await openPglite(folder.path) : openPostgres(url, createLog("error"));
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };

  return {
    start,
    inDatabase,
    superviseUntil: (last, jobs) => supervise(start, last, jobs),
    crashes: () =>
      inDatabase((db) =>
        db.prisma.jobCrash.findMany({
          select: { subject: true, crashes: true, crashesAlone: true },
          orderBy: { subject: "asc" },
        }),
      ),
    rememberCrashes: (counts) =>
      inDatabase(async (db) => {
        await db.prisma.jobCrash.create({ data: { ...counts, kind: "crashy", lastCrashAt: new Date() } });
      }),
    async close() {
      await Promise.all(children.map((child) => child.kill()));
      folder.remove();
    },
  };
}

/** The lines in which the program says that it began a job. */
export const begun = (said: string[], name: string) =>
  said.filter((line) => line.startsWith(`began ${name} `));

export const countOf = (said: string[], line: string) => said.filter((each) => each === line).length;

async function openedDatabase(server: Postgres | undefined, folder: string): Promise<Record<string, string>> {
  if (server === undefined) {
    await unpackTemplate(`${folder}/postgres`);
    return { FOLDER: folder };
  }
  return { DATABASE_URL: await server.createMigratedDatabase() };
}

async function supervise(
  start: SupervisedJobs["start"],
  last: RegExp,
  jobs: ProgramJob[],
): Promise<string[]> {
  const said: string[] = [];
  for (let starts = 0; starts < STARTS_MAX; starts += 1) {
    // The people who wait for a dead letter must not wait for the pause that would come next.
    const child = await start(starts === 0 ? jobs : [], { HOUR_FROM: "5" });
    const seen = child.line(last, 60_000).then(() => "seen" as const);
    const how = await Promise.race([seen, child.exited.then(() => "died" as const)]).catch(() => "died");
    if (how === "seen") await child.stop();
    await seen.catch(() => undefined);
    said.push(...child.output().split("\n"));
    if (how === "seen") return said;
  }
  throw new Error(`the program died ${STARTS_MAX} times:\n${said.join("\n")}`);
}
