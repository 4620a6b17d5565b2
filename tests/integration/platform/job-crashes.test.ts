/** One crash of each kind. `npm run drill -- job-crashes` runs whole series of them. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENGINES } from "@/tests/support/databases/database";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { begun, countOf, type SupervisedJobs, superviseJobs } from "@/tests/support/servers/supervised-jobs";

const KILLER = { name: "killer", act: "abort" } as const;
const GOOD = { name: "good", act: "finish" } as const;

let server: Postgres;
let jobs: SupervisedJobs;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.close());
afterEach(() => jobs.close());

describe.each(ENGINES)("jobs and crashes on %s", (engine) => {
  beforeEach(async () => {
    jobs = await superviseJobs(engine === "postgres" ? server : undefined);
  });

  test("a job that crashed alone for the third time is a dead letter; the others finish", async () => {
    await jobs.rememberCrashes({ subject: "killer", crashes: 4, crashesAlone: 2 });
    const said = await jobs.superviseUntil(/gave up killer/, [KILLER, GOOD]);
    expect(begun(said, "killer")).toEqual(["began killer beside 0"]);
    expect(said).toContain("gave up killer after 5");
    expect(countOf(said, "ended good")).toBe(1);
    expect(await jobs.crashes()).toEqual([{ subject: "killer", crashes: 5, crashesAlone: 3 }]);
  });

  test("a tidy stop is no crash, and gives its jobs back at once", async () => {
    const first = await jobs.start([{ name: "long", act: "wait" }]);
    await first.line(/began long/);
    await first.stop();
    expect(await jobs.crashes()).toEqual([]);
    const second = await jobs.start();
    await second.line(/began long/);
    await second.stop();
  });
});

describe("on either engine", () => {
  beforeEach(async () => {
    jobs = await superviseJobs(undefined);
  });

  test("a job that crashes the process after writing a part of its result starts its count over", async () => {
    await jobs.rememberCrashes({ subject: "slow", crashes: 3, crashesAlone: 2 });
    const child = await jobs.start([{ name: "slow", act: "progress-and-abort" }]);
    await child.line(/began slow beside 0/);
    await child.exited;
    await (await jobs.start()).kill();
    expect(await jobs.crashes()).toEqual([{ subject: "slow", crashes: 1, crashesAlone: 1 }]);
  });

  test("kill -9 while no job runs shows that processes die here without one", async () => {
    await jobs.rememberCrashes({ subject: "long", crashes: 2, crashesAlone: 2 });
    const pause = { PAUSE_SECONDS: "3600" };
    const resting = await jobs.start([{ name: "long", act: "wait" }], pause);
    await resting.kill();
    await (await jobs.start([], pause)).stop();
    expect(await jobs.crashes()).toEqual([{ subject: "long", crashes: 2, crashesAlone: 0 }]);
  });

  test("a job that freezes the process crashes it by the watchdog; one that stutters does not", async () => {
    const watched = { FROZEN_SECONDS: "3" };
    const healthy = await jobs.start([{ name: "busy", act: "stutter" }], watched);
    await healthy.line(/ended busy/);
    await healthy.stop();
    const frozen = await jobs.start([{ name: "freezer", act: "freeze" }], watched);
    expect(await frozen.exited).toMatchObject({ signal: "SIGKILL" });
    expect(frozen.output()).toContain("the event loop stood still for 3 s");
    const next = await jobs.start([], watched);
    await next.line(/began freezer/);
    await next.kill();
    expect(await jobs.crashes()).toEqual([{ subject: "freezer", crashes: 1, crashesAlone: 0 }]);
  });
});

describe("several workers on PostgreSQL", () => {
  beforeEach(async () => {
    jobs = await superviseJobs(server);
  });

  test("a worker that dies takes no job from the others", async () => {
    // Its only lane is taken, so the job that kills runs in another worker for sure.
    const healthy = await jobs.start([{ name: "long", act: "wait" }], { LANES: "1" });
    await healthy.line(/began long/);
    const dying = await jobs.start([KILLER]);
    await dying.exited;
    // The healthy worker hears of the death when the lease has expired.
    const once = [{ subject: "killer", crashes: 1, crashesAlone: 0 }];
    await expect.poll(jobs.crashes, { timeout: 60_000 }).toEqual(once);
    const heir = await jobs.start();
    await heir.line(/began killer beside 0/, 60_000);
    await heir.exited;
    const said = healthy.output().split("\n");
    expect(countOf(said, "began long beside 0")).toBe(1);
    expect(countOf(said, "began killer beside 1")).toBe(0);
  });

  test("a frozen worker loses its jobs to another, and what it ends later does not count", async () => {
    const frozen = await jobs.start([{ name: "slow", act: "finish" }]);
    await frozen.line(/began slow/);
    frozen.signal("SIGSTOP");
    const other = await jobs.start();
    await other.line(/ended slow/, 60_000);
    frozen.signal("SIGCONT");
    await frozen.line(/ended slow/);
    await other.stop();
    await frozen.stop();
    const states = await jobs.inDatabase(
      async (db) => (await db.pool.query("SELECT state FROM pgboss.job WHERE name = 'crashy'")).rows,
    );
    expect(states).toEqual([{ state: "completed" }, { state: "completed" }]);
    expect(await jobs.crashes()).toEqual([]);
  });
});
