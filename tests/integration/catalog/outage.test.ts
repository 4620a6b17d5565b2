import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "@/lib/platform/db/database";
import { migratePostgres, openPostgres } from "@/lib/platform/db/postgres";
import { extensionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { keptLog } from "@/tests/support/kept-log";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let postgres: Postgres;
let db: Database;
let api: PublicApi;

beforeAll(async () => {
  postgres = await startPostgres();
  const url = await postgres.createDatabase();
  await migratePostgres(url);
  db = openPostgres(url, keptLog().log);
  api = await startPublicApi({ db });
});

afterAll(async () => {
  await api.close();
  await db.close();
  await postgres.close();
});

test("a server that crashes takes no public read with it, and is followed again when it is back", async () => {
  const before = await writeExtensions(db, extensionRecord("docker.io/acme/a"));
  expect(await api.catalog.reached(before)).toBe(true);
  await postgres.stop("crash");
  for (const path of [
    "/api/v1/extensions",
    "/api/v1/extensions?q=a",
    "/api/v1/extensions/acme/a",
    "/api/v1/allow-list",
    "/api/v1/catalog",
  ]) {
    const answer = await api.send(path);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("acme/a")]);
  }
  for (const path of ["/api/v1/blocklist", "/api/v1/catalog?since=1", "/api/v1/categories"])
    expect((await api.send(path)).status).toBe(200);
  const past = await api.send("/api/v1/allow-list?at=2020-01-01T00:00:00Z");
  expect([past.status, past.json()]).toMatchObject([503, { code: "database_unavailable" }]);
  expect(past.headers["retry-after"]).toBe("5");
  await postgres.start();
  const after = await vi.waitFor(() => writeExtensions(db, extensionRecord("docker.io/acme/b")), {
    timeout: 20_000,
    interval: 100,
  });
  await vi.waitFor(async () => expect(await api.catalog.reached(after)).toBe(true), { timeout: 20_000 });
  expect((await api.send("/api/v1/extensions")).text).toContain("acme/b");
});
