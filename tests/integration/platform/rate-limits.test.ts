import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRateLimiter } from "@/lib/api/rate-limiter";
import type { Route } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import { createIdentityRateLimits } from "@/lib/identity/rate-limits";
import { type Actor, ANONYMOUS } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { openPostgres } from "@/lib/platform/db/postgres";
import { createLog } from "@/lib/platform/log";
import { DatabaseWindow, type DatabaseWindowOptions } from "@/lib/platform/rate-limits/database-window";
import { createPreflightQuota } from "@/lib/scanning/preflight/quota";
import { ENGINES, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { openIdentity } from "@/tests/support/identity";

describe.each(ENGINES)("rate limits on %s", (engine) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(engine);
  });
  afterAll(() => database.close());

  const open = (name: string, options: Partial<DatabaseWindowOptions> = {}) =>
    new DatabaseWindow({ name, windowSeconds: 60, db: () => database.db, ...options });
  const rows = () => database.db.prisma.rateLimit.count();
  const expireAll = () =>
    database.db.prisma.rateLimit.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });

  test("two processes share the count, and parallel calls are all counted", async () => {
    const [one, other] = [open("shared"), open("shared")];
    const usages = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : other).consume("a")),
    );
    const counts = usages.map(({ consumed }) => consumed).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect((await other.peek("a")).consumed).toBe(20);
  });

  test("keys and limits count apart, and a key can hold any text", async () => {
    await open("one").consume("a");
    expect((await open("two").peek("a")).consumed).toBe(0);
    const window = open("one");
    expect(await window.consume(`\0\ud800${"x".repeat(10_000)}`)).toMatchObject({ consumed: 1 });
    expect((await window.peek("b")).consumed).toBe(0);
  });

  test("a refund takes one back, never below zero, and a reset takes everything back", async () => {
    const window = open("refund");
    await window.refund("a");
    for (let n = 0; n < 3; n += 1) await window.consume("a");
    await window.refund("a");
    expect((await window.peek("a")).consumed).toBe(2);
    await window.reset("a");
    await window.refund("a");
    expect((await window.consume("a")).consumed).toBe(1);
  });

  test("a window begins with its first use and starts at zero after it has expired", async () => {
    const window = open("expiry");
    const first = await window.consume("a");
    expect(first.msLeft).toBeGreaterThanOrEqual(59_999);
    expect(first.msLeft).toBeLessThanOrEqual(60_000);
    const second = await window.consume("a");
    expect(second.msLeft).toBeLessThanOrEqual(first.msLeft);
    await expireAll();
    expect((await window.peek("a")).consumed).toBe(0);
    expect(await window.consume("a")).toMatchObject({ consumed: 1, msLeft: expect.any(Number) });
  });

  test("expired rows are purged while others are consumed", async () => {
    const window = open("purge", { purgeEvery: 4 });
    await expireAll();
    for (let n = 0; n < 4; n += 1) await window.consume(`key-${n}`);
    expect(await rows()).toBe(4);
  });

  test("a flood of keys evicts those that expire first and never grows the table beyond its bound", async () => {
    const window = open("flood", { rowsMax: 50, purgeEvery: 10 });
    await window.consume("early");
    await database.db.prisma.rateLimit.updateMany({ data: { expiresAt: new Date(Date.now() + 5_000) } });
    for (let n = 0; n < 120; n += 1) {
      await window.consume(`stranger-${n}`);
      expect(await rows()).toBeLessThan(70);
    }
    expect((await window.peek("early")).consumed).toBe(0);
    expect((await window.peek("stranger-119")).consumed).toBe(1);
  });

  test("ten wrong passwords count together, whichever of two processes checks them", async () => {
    const processes = [createIdentityRateLimits(database.db), createIdentityRateLimits(database.db)];
    const attempts = Array.from({ length: 20 }, (_, n) =>
      processes[n % 2]?.signIn.consume("ada@acme.example", "192.0.2.1"),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "too_many_attempts" },
    });
    await processes[1]?.signIn.consume("ada@acme.example", "198.51.100.9");
  });

  test("ten pre-flights a minute from one network count together in two processes", async () => {
    const quotas = [0, 1].map(() => createPreflightQuota(() => database.db));
    const requester = { actor: ANONYMOUS, ip: "192.0.2.1" };
    for (let n = 0; n < 10; n += 1) await quotas[n % 2]?.consume(requester);
    for (const quota of quotas)
      await expect(quota.consume(requester)).rejects.toMatchObject({ code: "too_many_requests" });
    await quotas[0]?.consume({ actor: ANONYMOUS, ip: "192.0.2.2" });
  });

  test("an account's writes by API and form count together in two processes; its reads and strangers pass", async () => {
    const room = await openIdentity({ db: database.db, close: async () => undefined });
    services.set(room.services);
    const limiters = [createRateLimiter(), createRateLimiter()];
    const actor: Actor = { kind: "token", userId: "ada", name: "", role: "admin", tokenId: "", scopes: [] };
    const [write, readOnly] = [routeCalled("submit"), routeCalled("listSubmissions")];
    await limiters[0]?.consumeWrite(write, actor);
    await database.db.prisma.rateLimit.updateMany({
      where: { key: { startsWith: "account-write:" } },
      data: { consumed: 2_999 },
    });
    await limiters[1]?.consumeWrite(write, actor);
    for (const limiter of limiters) {
      await expect(limiter.consumeWrite(write, actor)).rejects.toMatchObject({ code: "too_many_requests" });
      await limiter.consumeWrite(readOnly, actor);
      await limiter.consumeWrite(write, ANONYMOUS);
    }
    const forms = createIdentityRateLimits(database.db).writes;
    await expect(forms.consume(actor)).rejects.toMatchObject({ code: "too_many_requests" });
    await forms.consume(ANONYMOUS);
    services.clear();
  });
});

test("without its database a process counts pre-flights alone, and refuses passwords", async () => {
  const db = openPostgres("postgres://gantry@127.0.0.1:1/gantry", createLog("silent"));
  const quota = createPreflightQuota(() => db);
  const requester = { actor: ANONYMOUS, ip: "192.0.2.1" };
  for (let n = 0; n < 10; n += 1) await quota.consume(requester);
  await expect(quota.consume(requester)).rejects.toMatchObject({ code: "too_many_requests" });
  const attempt = createIdentityRateLimits(db).signIn.consume("ada@acme.example", "192.0.2.1");
  await expect(attempt).rejects.toMatchObject({ code: "database_unavailable" });
  await db.close();
});

function routeCalled(operationId: string): Route {
  const route = ROUTES.find((one) => one.operationId === operationId);
  if (route === undefined) throw new Error(`the table has no ${operationId}`);
  return route;
}
