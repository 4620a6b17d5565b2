/** Series of crashes: everything that a job needs to become a dead letter, and what never makes it one. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENGINES } from "@/tests/support/databases/database";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { begun, countOf, type SupervisedJobs, superviseJobs } from "@/tests/support/servers/supervised-jobs";

/** Enough to make a dead letter of a job that crashes its process when it runs alone. */
const KILLS = 5;

let server: Postgres;
let jobs: SupervisedJobs;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.close());

describe.each(ENGINES)("a series of crashes on %s", (engine) => {
  beforeEach(async () => {
    jobs = await superviseJobs(engine === "postgres" ? server : undefined);
  });
  afterEach(() => jobs.close());

  test("a job that aborts the process runs alone after two crashes and is a dead letter after three more; the others finish", async () => {
    const good = ["good-1", "good-2"];
    const said = await jobs.superviseUntil(/gave up killer/, [
      { name: "killer", act: "abort" },
      ...good.map((name) => ({ name, act: "finish" }) as const),
    ]);
    const runs = begun(said, "killer");
    expect(runs).toHaveLength(5);
    expect(runs.slice(2)).toEqual(Array.from({ length: 3 }, () => "began killer beside 0"));
    expect(said).toContain("gave up killer after 5");
    for (const name of good) expect(countOf(said, `ended ${name}`)).toBe(1);
    expect(await jobs.crashes()).toEqual([{ subject: "killer", crashes: 5, crashesAlone: 3 }]);
  });

  test("a job that makes progress before each crash never comes near a dead letter", async () => {
    for (let round = 0; round < KILLS; round += 1) {
      const child = await jobs.start(round === 0 ? [{ name: "slow", act: "progress-and-abort" }] : []);
      await child.exited;
    }
    const child = await jobs.start();
    await child.line(/began slow beside 0/);
    await child.kill();
    const [slow] = await jobs.crashes();
    expect(slow?.crashes).toBeLessThanOrEqual(2);
    expect(slow?.crashesAlone).toBe(0);
  });

  test("kill -9 by an operator, again and again, never makes a healthy job a dead letter", async () => {
    const pause = { PAUSE_SECONDS: "3" };
    let child = await jobs.start([{ name: "long", act: "wait" }], pause);
    for (let kills = 1; kills <= KILLS; kills += 1) {
      await child.line(/began long/);
      await child.kill();
      child = await jobs.start([], pause);
      if (kills === 1) continue;
      // Killed once more while the job rests: processes die here without it, too.
      await child.kill();
      child = await jobs.start([], pause);
    }
    await child.line(/began long/);
    await child.stop();
    const [long] = await jobs.crashes();
    expect(long?.crashes).toBe(KILLS);
    expect(long?.crashesAlone).toBeLessThan(3);
    expect(child.output()).not.toContain("gave up");
  });
});
