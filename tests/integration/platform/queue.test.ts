import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { transact } from "@/lib/platform/db/transact";
import type { JobHandlers, JobKind } from "@/lib/platform/jobs/job-kind";
import { createLog } from "@/lib/platform/log";
import { type Queue, startQueue } from "@/lib/platform/queue";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { waitFor } from "@/tests/support/marketplace";

type Work = { n: number };

const LOG = createLog("error");

describe.each(ENGINES)("the queue on %s", (engine) => {
  let open: TestDatabase;

  beforeAll(async () => {
    open = await openTestDatabase(engine);
  });

  afterAll(() => open.close());

  const kindOf = (name: string): JobKind<Work> => ({
    name,
    retryLimit: 3,
    retryDelaySeconds: 0,
    expireInSeconds: 300,
    subject: ({ n }) => String(n),
  });
  const handled = (run: JobHandlers<Work>["run"]): JobHandlers<Work> => ({
    run,
    gaveUp: () => Promise.reject(new Error("no job here ends as a dead letter")),
  });
  const start = (kind: JobKind<Work>) =>
    startQueue({ db: open.db, log: LOG, kinds: [kind], maintain: true, alone: false });
  const send = (queue: Queue, kind: JobKind<Work>, key: string, n: number) =>
    transact(open.db, (tx) => queue.send(tx, kind, key, { n }));
  const stateOf = async (kind: JobKind<Work>): Promise<string[]> =>
    (await open.db.pool.query("SELECT state FROM pgboss.job WHERE name = $1", [kind.name])).rows.map(
      (row) => row.state,
    );
  const eventually = (seen: () => unknown, expected: unknown) =>
    waitFor(
      async () => seen(),
      (value) => JSON.stringify(value) === JSON.stringify(expected),
    );

  test("a job whose transaction was rolled back never runs, and a committed one runs once", async () => {
    const kind = kindOf("rollback");
    const queue = await start(kind);
    const ran: number[] = [];
    await queue.work(
      kind,
      2,
      handled(async ({ n }) => void ran.push(n)),
    );
    const rolledBack = transact(open.db, async (tx) => {
      await queue.send(tx, kind, "one", { n: 1 });
      throw new Error("changed my mind");
    });
    await expect(rolledBack).rejects.toThrow("changed my mind");
    await send(queue, kind, "two", 2);
    await eventually(() => ran, [2]);
    await sleep(1_200);
    expect(ran).toEqual([2]);
    await queue.stop();
  });

  test("a job with the same key is not added while one waits, and is while one runs", async () => {
    const kind = kindOf("same-key");
    const queue = await start(kind);
    for (const n of [1, 2, 3]) await send(queue, kind, "key", n);
    await send(queue, kind, "other", 4);
    expect(await stateOf(kind)).toEqual(["created", "created"]);
    const ran: number[] = [];
    const handler: JobHandlers<Work>["run"] = async ({ n }) => {
      if (n === 1) await send(queue, kind, "key", 5);
      ran.push(n);
    };
    await queue.work(kind, 1, handled(handler));
    await waitFor(
      async () => ran,
      ({ length }) => length === 3,
    );
    expect(ran.sort()).toEqual([1, 4, 5]);
    await queue.stop();
  });

  test("a job whose handler throws is given out again, up to its limit and no further", async () => {
    const kind = kindOf("retry");
    const queue = await start(kind);
    const tries = new Map<number, number>();
    await queue.work(
      kind,
      1,
      handled(async ({ n }) => {
        tries.set(n, (tries.get(n) ?? 0) + 1);
        if (n === 2 || tries.get(n) === 1) throw new Error("not yet");
      }),
    );
    await send(queue, kind, "heals", 1);
    await send(queue, kind, "never", 2);
    await waitFor(
      async () => (await stateOf(kind)).sort(),
      (states) => states.join() === "completed,failed",
    );
    expect([tries.get(1), tries.get(2)]).toEqual([2, 1 + kind.retryLimit]);
    await queue.stop();
  });

  test("stopping waits for the handlers that run, tells them, and takes nothing new", async () => {
    const kind = kindOf("stopping");
    const queue = await start(kind);
    const seen: string[] = [];
    await queue.work(
      kind,
      1,
      handled(async ({ n }, { signal }) => {
        seen.push(`began ${n}`);
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        await open.db.pool.query("SELECT 1");
        seen.push(`ended ${n}`);
      }),
    );
    await send(queue, kind, "one", 1);
    await send(queue, kind, "two", 2);
    await eventually(() => seen, ["began 1"]);
    await queue.stop();
    expect(seen).toEqual(["began 1", "ended 1"]);
    expect((await stateOf(kind)).sort()).toEqual(["completed", "created"]);
  });

  test("a job that is sent with a delay does not run before it", async () => {
    const kind = kindOf("delayed");
    const queue = await start(kind);
    const ran: number[] = [];
    await queue.work(
      kind,
      1,
      handled(async ({ n }) => void ran.push(n)),
    );
    await transact(open.db, (tx) => queue.send(tx, kind, "later", { n: 1 }, { startAfterSeconds: 3_600 }));
    await send(queue, kind, "now", 2);
    await eventually(() => ran, [2]);
    // A job is completed a moment after its handler.
    await waitFor(
      async () => (await stateOf(kind)).sort(),
      (states) => states.join() === "completed,created",
    );
    await queue.stop();
  });
});
