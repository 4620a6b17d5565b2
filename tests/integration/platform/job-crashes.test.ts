import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/lib/platform/db/database";
import { openPglite } from "@/lib/platform/db/pglite";
import { migratePostgres, openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { ENGINES } from "@/tests/support/databases/database";
import { unpackTemplate } from "@/tests/support/databases/pglite-template";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import type { ProgramJob } from "@/tests/support/programs/job-program";

const PROGRAM = ["--import", "tsx", "tests/support/programs/job-program.ts"];
const TIMEOUT_MS = 180_000;
/** Far more than anything here should take. */
const STARTS_MAX = 20;
/** Enough to make a dead letter of a job that crashes its process by itself. */
const KILLS = 5;

const GOOD: ProgramJob[] = [
  { name: "good-1", act: "finish" },
  { name: "good-2", act: "finish" },
];

describe.each(ENGINES)("jobs and crashes on %s", (engine) => {
  let server: Postgres | undefined;
  let folder: ReturnType<typeof temporaryFolder>;
  let env: Record<string, string>;
  const children: Child[] = [];

  beforeAll(async () => {
    if (engine === "postgres") server = await startPostgres();
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    folder = temporaryFolder("job-crashes");
    if (server === undefined) {
      await unpackTemplate(`${folder.path}/postgres`);
      env = { FOLDER: folder.path };
    } else {
      const url = await server.createDatabase();
      await migratePostgres(url);
      env = { DATABASE_URL: url };
    }
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.kill()));
    folder.remove();
  });

  async function start(jobs: ProgramJob[] = [], more: Record<string, string> = {}): Promise<Child> {
    const child = await startChild(process.execPath, PROGRAM, {
      env: { ...env, ...more, JOBS: JSON.stringify(jobs) },
    });
    children.push(child);
    await child.line(/works/);
    return child;
  }

  /** Starts the program again whenever it dies, as a supervisor does. Returns all that it said. */
  async function superviseUntil(last: RegExp, jobs: ProgramJob[]): Promise<string[]> {
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

  /** While no child has the embedded database open. */
  async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const { DATABASE_URL } = env;
    const db =
      DATABASE_URL === undefined
        ? await openPglite(folder.path)
        : openPostgres(DATABASE_URL, createLog("error"));
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  const crashes = () =>
    inDatabase((db) =>
      db.prisma.jobCrash.findMany({
        select: { subject: true, crashes: true, crashesAlone: true },
        orderBy: { subject: "asc" },
      }),
    );
  const begun = (said: string[], name: string) => said.filter((line) => line.startsWith(`began ${name} `));
  const count = (said: string[], line: string) => said.filter((each) => each === line).length;

  test(
    "a job that aborts the process runs alone after two crashes and is a dead letter after three more; the others finish",
    async () => {
      const said = await superviseUntil(/gave up killer/, [{ name: "killer", act: "abort" }, ...GOOD]);
      const runs = begun(said, "killer");
      expect(runs).toHaveLength(5);
      expect(runs.slice(2)).toEqual(Array.from({ length: 3 }, () => "began killer beside 0"));
      expect(said).toContain("gave up killer after 5");
      for (const { name } of GOOD) expect(count(said, `ended ${name}`)).toBe(1);
      expect(await crashes()).toEqual([{ subject: "killer", crashes: 5, crashesAlone: 3 }]);
    },
    TIMEOUT_MS,
  );

  test(
    "a job that crashes the process after writing a part of its result starts its count over",
    async () => {
      for (let round = 0; round < 3; round += 1) {
        const child = await start(round === 0 ? [{ name: "slow", act: "progress-and-abort" }] : []);
        await child.exited;
      }
      const child = await start();
      await child.line(/began slow beside 0/);
      await child.kill();
      const [slow] = await crashes();
      expect(slow?.crashes).toBeLessThanOrEqual(2);
      expect(slow?.crashesAlone).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    "a tidy stop is no crash, and gives its jobs back at once",
    async () => {
      const first = await start([{ name: "long", act: "wait" }]);
      await first.line(/began long/);
      await first.stop();
      expect(await crashes()).toEqual([]);
      const second = await start();
      await second.line(/began long/);
      await second.stop();
      expect(await crashes()).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    "kill -9 by an operator, also again and again, never makes a healthy job a dead letter",
    async () => {
      const pause = { PAUSE_SECONDS: "3" };
      let child = await start([{ name: "long", act: "wait" }], pause);
      for (let kills = 1; kills <= KILLS; kills += 1) {
        await child.line(/began long/);
        await child.kill();
        child = await start([], pause);
        if (kills === 1) continue;
        // Killed once more while the job rests: processes die here without it, too.
        await child.kill();
        child = await start([], pause);
      }
      await child.line(/began long/);
      await child.stop();
      const [long] = await crashes();
      expect(long?.crashes).toBe(KILLS);
      expect(long?.crashesAlone).toBeLessThan(3);
      expect(child.output()).not.toContain("gave up");
    },
    TIMEOUT_MS,
  );

  test(
    "a job that freezes the process crashes it by the watchdog; one that stutters does not",
    async () => {
      const watched = { FROZEN_SECONDS: "3" };
      const healthy = await start([{ name: "busy", act: "stutter" }], watched);
      await healthy.line(/ended busy/);
      await healthy.stop();
      const frozen = await start([{ name: "freezer", act: "freeze" }], watched);
      expect(await frozen.exited).toMatchObject({ signal: "SIGKILL" });
      expect(frozen.output()).toContain("the event loop stood still for 3 s");
      const next = await start([], watched);
      await next.line(/began freezer/);
      await next.kill();
      expect(await crashes()).toEqual([{ subject: "freezer", crashes: 1, crashesAlone: 0 }]);
    },
    TIMEOUT_MS,
  );

  // One process at a time holds the embedded engine.
  if (engine === "pglite") return;

  test(
    "a worker that dies takes no job from the others",
    async () => {
      // Its only lane is taken, so that the job which kills is another worker's for sure.
      const healthy = await start([{ name: "long", act: "wait" }], { LANES: "1" });
      await healthy.line(/began long/);
      const dying = await start([{ name: "killer", act: "abort" }]);
      await dying.exited;
      // The healthy worker hears of the death when the lease has expired.
      const once = [{ subject: "killer", crashes: 1, crashesAlone: 0 }];
      await expect.poll(crashes, { timeout: 60_000 }).toEqual(once);
      const heir = await start();
      await heir.line(/began killer beside 0/, 60_000);
      await heir.exited;
      const said = healthy.output().split("\n");
      expect(count(said, "began long beside 0")).toBe(1);
      expect(count(said, "began killer beside 1")).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    "a frozen worker loses its jobs to another, and what it ends later does not count",
    async () => {
      const frozen = await start([{ name: "slow", act: "finish" }]);
      await frozen.line(/began slow/);
      frozen.signal("SIGSTOP");
      const other = await start();
      await other.line(/ended slow/, 60_000);
      frozen.signal("SIGCONT");
      await frozen.line(/ended slow/);
      await other.stop();
      await frozen.stop();
      const states = await inDatabase(
        async (db) => (await db.pool.query("SELECT state FROM pgboss.job WHERE name = 'crashy'")).rows,
      );
      expect(states).toEqual([{ state: "completed" }, { state: "completed" }]);
      expect(await crashes()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
