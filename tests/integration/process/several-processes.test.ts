import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import {
  type Answer,
  type Call,
  type ServerProcess,
  serverProcess,
  until,
} from "@/tests/support/servers/server-process";

const BACK_WITHIN_MS = 5_000;
const READERS = 4;

let postgres: Postgres;
let settings: Record<string, string>;
let registry: DistributionRegistry;
let folder: ReturnType<typeof temporaryFolder>;
let web: ServerProcess;
/** Beside it, behind the same load balancer. */
let other: ServerProcess;
let worker: ServerProcess;
let admin: Call;

beforeAll(async () => {
  folder = temporaryFolder("several");
  [postgres, registry] = await Promise.all([startPostgres(), startDistributionRegistry()]);
  settings = {
    DATABASE_URL: await postgres.createDatabase(),
    GANTRY_REGISTRIES: registry.registries,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    GANTRY_URL: "http://gantry.example",
  };
  web = await serverProcess({ ...settings, GANTRY_ROLE: "web", GANTRY_DATA_DIR: `${folder.path}/web` });
  other = await serverProcess({ ...settings, GANTRY_ROLE: "web", GANTRY_DATA_DIR: `${folder.path}/other` });
  worker = await serverProcess({
    ...settings,
    GANTRY_ROLE: "worker",
    GANTRY_DATA_DIR: `${folder.path}/worker`,
  });
  // Together, on an empty database: both find the whole schema in place.
  await Promise.all([web.start(), worker.start()]);
  admin = web.call(await web.setUp());
});

afterAll(async () => {
  await Promise.all([web?.kill(), other?.kill(), worker?.kill()]);
  await Promise.all([postgres?.close(), registry?.stop()]);
  folder.remove();
});

const named = (path: string) => `${registry.host}/acme/${path}`;
const allowed = async (repository: string) =>
  (await web.call()("GET", "/api/v1/allow-list")).body.items.find(
    (item: { repository: string }) => item.repository === repository,
  );
const submission = async (id: string) => (await admin("GET", `/api/v1/submissions/${id}`)).body;

async function approve(path: string): Promise<Answer> {
  const submitted = await admin("POST", "/api/v1/submissions", { repository: named(path) });
  expect(submitted.status).toBe(202);
  const { id } = submitted.body;
  await until(async () => (await submission(id)).state === "in_review", `${path} is in review`);
  const { candidate } = await submission(id);
  return admin("POST", `/api/v1/submissions/${id}/decision`, {
    decision: "approve",
    reason: "Seen.",
    expectedDigest: candidate.digest,
  });
}

test("the main job goes from a web process over the worker to everybody's allow-list", async () => {
  const { digest } = await pushExtension(registry, "acme/disk-lens", "1.0.0");
  expect(await approve("disk-lens")).toMatchObject({ status: 200, body: { state: "approved" } });
  // The writer's own process shows it with the answer.
  expect(await allowed(named("disk-lens"))).toMatchObject({ tag: "1.0.0", digest, state: "active" });

  // The scan that the approval began would else find what comes now.
  await admin("POST", `/api/v1/extensions/${named("disk-lens")}/-/scan?wait=30`);
  const next = await pushExtension(registry, "acme/disk-lens", "1.1.0");
  const scan = await admin("POST", `/api/v1/extensions/${named("disk-lens")}/-/scan?wait=30`);
  expect(scan).toMatchObject({ status: 200, body: { state: "ok", found: 2, listed: 1 } });
  // What the worker wrote reaches the web process automatically.
  await until(async () => (await allowed(named("disk-lens"))).digest === next.digest, "1.1.0 is offered");
  expect((await admin("GET", "/api/v1/audit/check")).body).toMatchObject({ ok: true });
});

test("a worker answers for its health and has no API", async () => {
  expect(await worker.call()("GET", "/readyz")).toMatchObject({ status: 200, body: { writable: true } });
  expect((await worker.call()("GET", "/api/v1/allow-list")).status).toBe(404);
});

test("a client that asks another process each time never goes back, and gets the same bytes for the same state", async () => {
  await other.start();
  const client = copyKeeper([web, other]);
  const following = client.follow();
  for (let round = 0; round < 6; round += 1) {
    const state = round % 2 === 0 ? "suspended" : "active";
    const changed = await admin("PATCH", `/api/v1/allow-list/${named("disk-lens")}`, {
      state,
      reason: "Tried.",
    });
    expect(changed.status).toBe(200);
    // In the middle of it one process dies, and comes back from its disk.
    if (round === 2) await other.kill();
    if (round === 3) await other.start();
  }
  const last = Number((await web.call()("GET", "/api/v1/catalog")).body.snapshot);
  await until(async () => client.snapshots().at(-1) === last, "the client has the last state");
  for (const one of [web, other]) {
    const snapshot = async () => Number((await one.call()("GET", "/api/v1/catalog")).body.snapshot);
    await until(async () => (await snapshot()) === last, "both show the last state");
  }
  client.stop();
  await following;
  const seen = client.snapshots();
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  for (const path of [
    "/api/v1/catalog",
    `/api/v1/catalog?since=${seen[0]}`,
    "/api/v1/allow-list",
    "/feed.atom",
    "/sitemap.xml",
  ])
    for (const encoding of ["identity", "gzip", "br"])
      expect(await shown(other, path, encoding)).toEqual(await shown(web, path, encoding));
  const { etag } = await shown(web, "/api/v1/catalog", "gzip");
  const again = await fetch(`${other.url}/api/v1/catalog`, {
    headers: { "if-none-match": etag ?? "", "accept-encoding": "gzip" },
  });
  expect(again.status).toBe(304);

  const block = `/api/v1/extensions/${named("disk-lens")}/-/versions/1.0.0/block`;
  expect((await admin("POST", block, { reason: "It leaks.", level: "hard" })).status).toBe(200);
  for (const one of [web, other]) {
    const tags = async () => (await one.call()("GET", "/api/v1/blocklist")).body.items.map(tagOf);
    await until(async () => (await tags()).includes("1.0.0"), "the block is known everywhere");
  }
  await other.kill();
});

test("while PostgreSQL is away no public read fails, writes say when to retry, and then work again automatically", async () => {
  for (const how of ["crash", "tidy"] as const) {
    const reads = readWithoutPause();
    await postgres.stop(how);
    for (let round = 0; round < 3; round += 1) {
      const [refused, read] = await Promise.all([
        admin("POST", "/api/v1/submissions", { repository: named("refused") }),
        admin("GET", "/api/v1/audit"),
      ]);
      for (const answer of [refused, read]) {
        expect(answer).toMatchObject({ status: 503, body: { code: "database_unavailable" } });
        expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      }
      expect((await web.call()("GET", "/readyz")).status).toBe(200);
    }
    await postgres.start();
    await until(
      async () => (await admin("POST", "/api/v1/submissions", { repository: named(how) })).status === 202,
      "a write works",
      BACK_WITHIN_MS,
    );
    const { answered, failed } = await reads.stop();
    console.info(`PostgreSQL ${how}: ${answered} public reads, ${failed.length} failed`);
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  }
});

test("after the outage the worker works and the web process hears of it, both as before", async () => {
  // An image of its own: the usual one was blocked above, and a block holds in every repository.
  const labels = { "org.opencontainers.image.title": "After" };
  await pushExtension(registry, "acme/after", "1.0.0", { labels });
  expect(await approve("after")).toMatchObject({ status: 200 });
  expect((await admin("GET", "/api/v1/audit/check")).body).toMatchObject({ ok: true });
});

test("a web process that starts while PostgreSQL is away serves its copy, and writes once it is back", async () => {
  const before = (await web.call()("GET", "/api/v1/allow-list")).body;
  expect((await web.child().stop()).code).toBe(0);
  await postgres.stop();
  await web.launch();
  await until(async () => (await web.call()("GET", "/readyz")).status === 200, "it is ready to read");
  expect((await web.call()("GET", "/api/v1/allow-list")).body).toEqual(before);
  expect((await web.call()("GET", "/readyz")).body).toMatchObject({ ready: true, writable: false });
  const refused = await admin("POST", "/api/v1/submissions", { repository: named("early") });
  expect(refused.status).toBe(503);
  expect(refused.body.code).toMatch(/^(starting|database_unavailable)$/);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  await postgres.start();
  await until(
    async () => (await admin("POST", "/api/v1/submissions", { repository: named("early") })).status === 202,
    "a write works",
    2 * BACK_WITHIN_MS,
  );
});

/** Asks for public documents without a pause until it is stopped. */
function readWithoutPause(): { stop(): Promise<{ answered: number; failed: string[] }> } {
  const paths = ["/api/v1/allow-list", `/api/v1/extensions/${named("disk-lens")}`, "/api/v1/extensions"];
  const failed: string[] = [];
  let answered = 0;
  let stopped = false;
  const reader = async (path: string) => {
    while (!stopped) {
      const status = await web
        .call()("GET", path)
        .then(
          (answer) => answer.status,
          (error: unknown) => String(error),
        );
      if (status === 200) answered += 1;
      else failed.push(`${path}: ${status}`);
      await sleep(5);
    }
  };
  const readers = Array.from({ length: READERS }, (_, n) => reader(paths[n % paths.length] ?? ""));
  return {
    async stop() {
      stopped = true;
      await Promise.all(readers);
      return { answered, failed };
    },
  };
}

const tagOf = ({ tag }: { tag: string }) => tag;

async function shown({ url }: ServerProcess, path: string, encoding: string) {
  const answer = await fetch(`${url}${path}`, { headers: { "accept-encoding": encoding } });
  const { headers } = answer;
  return { etag: headers.get("etag"), snapshot: headers.get("gantry-snapshot"), text: await answer.text() };
}

/** Asks one process after the other what changed since the state that it has. */
function copyKeeper(processes: readonly ServerProcess[]) {
  const snapshots: number[] = [];
  let stopped = false;
  const ask = async (turn: number) => {
    const since = snapshots.at(-1);
    const path = since === undefined ? "/api/v1/catalog" : `/api/v1/catalog?since=${since}`;
    const { status, body } = (await processes[turn % processes.length]?.call()("GET", path)) ?? {};
    if (status === 200) snapshots.push(Number(body.snapshot));
    else expect(body).toMatchObject({ code: expect.stringMatching(/^(catalog_behind|starting)$/) });
  };
  return {
    snapshots: () => snapshots,
    async follow() {
      for (let turn = 0; !stopped; turn += 1) {
        // A process that is down refuses the connection, as the balancer would see.
        await ask(turn).catch((error: unknown) => expect(error).toBeInstanceOf(TypeError));
        await sleep(5);
      }
    },
    stop() {
      stopped = true;
    },
  };
}

test("a process ends with a sentence on a database that it cannot migrate, instead of waiting for it", async () => {
  const DATABASE_URL = await postgres.createDatabase();
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  await client.query(`CREATE TABLE _prisma_migrations AS
    SELECT '20261120000001_initial'::text AS migration_name, now() AS finished_at, NULL::timestamptz AS rolled_back_at`);
  await client.end();
  const dataDir = `${folder.path}/unreleased`;
  const process = await serverProcess({
    ...settings,
    DATABASE_URL,
    GANTRY_ROLE: "web",
    GANTRY_DATA_DIR: dataDir,
  });
  // It may end before it answers.
  await process.launch().catch(() => undefined);
  expect(await process.child().exited).toEqual({ code: 1, signal: null });
  expect(process.child().output()).toContain("An unreleased build of Gantry created this database");
});
