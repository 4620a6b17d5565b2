import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGuardedFetch, type GuardedFetch } from "@/lib/egress/guarded-fetch";
import { mediaEgressRules } from "@/lib/egress/media-hosts";
import { systemActor } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { queueDueMediaChecks } from "@/lib/marketplace/dead-media/due-checks";
import { getEntry } from "@/lib/marketplace/entries/entries";
import { JOB_KINDS } from "@/lib/marketplace/jobs";
import { readRevision, type VersionRecord } from "@/lib/marketplace/public-records";
import { drawing } from "@/lib/media/drawing/drawing";
import { createMediaPort, type MediaPort } from "@/lib/media/media-port";
import { createLog } from "@/lib/platform/log";
import { type Queue, startQueue } from "@/lib/platform/queue";
import { checkMedia } from "@/lib/scanning/check-media";
import { startWorker } from "@/lib/scanning/worker";
import { capabilities } from "@/tests/builders/capabilities";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { waitFor } from "@/tests/support/marketplace";
import { type MediaServer, startMediaServer } from "@/tests/support/registries/media-server";
import { openClient } from "@/tests/support/registries/registry-client";
import { type TestClock, testClock } from "@/tests/support/test-clock";

const REPOSITORY = "docker.io/acme/disk-lens";

let server: MediaServer;
let fetch: GuardedFetch;
let shot: Buffer;

beforeAll(async () => {
  server = await startMediaServer();
  fetch = createGuardedFetch({ ...mediaEgressRules(server.host), ca: [server.ca] });
  shot = await sharp({ create: { width: 700, height: 400, channels: 3, background: "#369" } })
    .png()
    .toBuffer();
});
afterAll(async () => {
  await fetch?.close();
  await server?.stop();
  drawing().close();
});

describe("a picture or page of a listed version", () => {
  let database: TestDatabase;
  let queue: Queue;
  let clock: TestClock;
  let media: MediaPort;
  let ctx: Context;
  let hour: number;

  beforeAll(async () => {
    database = await openTestDatabase("pglite");
    await writeReleases(database.db);
    const log = createLog("error");
    queue = await startQueue({ db: database.db, log, kinds: JOB_KINDS, maintain: false, alone: true });
  });
  afterAll(async () => {
    await queue?.stop();
    await database?.close();
  });
  beforeEach(async () => {
    hour = 0;
    clock = testClock("2026-11-20T10:00:00Z");
    media = createMediaPort({ fetch, now: () => clock.now().getTime() });
    const services: Services = {
      db: database.db,
      queue,
      clock,
      audit: testAudit(),
      acceptsRegistry: () => true,
    };
    ctx = { ...services, actor: systemActor("test"), requestId: undefined };
    server.on("/icon.png", { body: shot });
    server.on("/1.png", { body: shot });
    server.on("/docs", { body: "<p>Docs" });
    await list("1.0.0");
  });
  afterEach(async () => {
    await database.db.prisma.mediaFailure.deleteMany();
  });

  const at = (path: string) => `${server.origin}${path}`;
  const labels = () => ({
    icon: at("/icon.png"),
    screenshots: [{ url: at("/1.png?token=secret"), alt: "The list" }],
    publisherUrl: at("/docs"),
    additionalUrls: [],
  });

  async function list(...tags: string[]): Promise<void> {
    const versions = tags.map((tag) => versionRecord(tag, { report: { labels: labels() } }));
    await write(versions);
  }

  async function write(versions: VersionRecord[]): Promise<void> {
    await writeExtensions(database.db, extensionRecord(REPOSITORY, { versions }));
    const envelope = { capabilities: capabilities(), approved: [] };
    await database.db.prisma.entry.updateMany({ data: { envelope } });
    await database.db.prisma.extension.updateMany({ data: { nextScanAt: new Date("2030-01-01") } });
  }

  const extensionId = async () =>
    (await database.db.prisma.extension.findUniqueOrThrow({ where: { repository: REPOSITORY } })).id;

  async function checkAfter(hours: number): Promise<void> {
    hour += hours;
    clock.set(new Date(Date.parse("2026-11-20T10:00:00Z") + hour * 3_600_000).toISOString());
    await checkMedia(ctx, { extensionId: await extensionId(), media, signal: AbortSignal.timeout(20_000) });
  }

  const dead = async () => {
    const { deadMedia } = await getEntry(ctx, { repository: REPOSITORY });
    return deadMedia.map(({ name }) => name);
  };

  async function traces() {
    const { prisma } = database.db;
    return {
      audit: await prisma.auditEvent.count(),
      outbox: await prisma.outboxMessage.count(),
      revision: await readRevision(prisma),
    };
  }

  test("is dead after three failures over a day, is told once, recovers, and is never unlisted", async () => {
    await checkAfter(0);
    const before = await traces();
    server.on("/1.png", { status: 404 });
    for (const hours of [1, 24]) {
      await checkAfter(hours);
      expect(await dead()).toEqual([]);
    }
    expect(await traces()).toEqual(before);
    await checkAfter(24);
    const { deadMedia, allVersions } = await getEntry(ctx, { repository: REPOSITORY });
    expect(deadMedia).toEqual([
      {
        use: "screenshot",
        name: "screenshot 1",
        label: "com.docker.extension.screenshots",
        tag: "1.0.0",
        host: server.host,
        why: `${server.host} answers with status 404: there is no such file`,
        since: "2026-11-20T11:00:00.000Z",
      },
    ]);
    expect(allVersions).toMatchObject([{ tag: "1.0.0", visibility: "listed" }]);
    const told = { ...before, audit: before.audit + 1, outbox: before.outbox + 1 };
    expect(await traces()).toEqual(told);
    await checkAfter(24);
    await checkAfter(0);
    expect(await traces()).toEqual(told);
    server.on("/1.png", { body: shot });
    await checkAfter(24);
    expect(await dead()).toEqual([]);
    expect(await traces()).toEqual({ ...told, audit: told.audit + 1, outbox: told.outbox + 1 });
    const rows = await database.db.prisma.auditEvent.findMany({ orderBy: { sequence: "desc" }, take: 2 });
    expect(rows.map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ["extension.media_recovered", "system"],
      ["extension.media_dead", "system"],
    ]);
    const messages = await database.db.prisma.outboxMessage.findMany();
    expect(JSON.stringify([rows.map(({ after }) => after), messages])).not.toContain("secret");
  });

  test("is not called dead while its server is in trouble, or nobody can reach it", async () => {
    server.on("/1.png", { status: 503 });
    server.on("/docs", (request) => request.socket.destroy());
    server.on("/icon.png", { status: 302, headers: { location: "https://10.0.0.1/captive-portal" } });
    for (const hours of [0, 24, 24, 24]) await checkAfter(hours);
    expect(await database.db.prisma.mediaFailure.count()).toBe(0);
  });

  test("counts as failed where there is no picture any more, or no page", async () => {
    server.on("/icon.png", { headers: { "content-type": "image/png" }, body: "<!doctype html><p>Parked" });
    server.on("/1.png", { status: 403 });
    server.on("/docs", { status: 410 });
    for (const hours of [0, 24, 24]) await checkAfter(hours);
    expect((await dead()).sort()).toEqual(["icon", "publisher’s page", "screenshot 1"]);
  });

  test("is forgotten when the newest version no longer names it", async () => {
    server.on("/docs", { status: 404 });
    for (const hours of [0, 24, 24]) await checkAfter(hours);
    expect(await dead()).toEqual(["publisher’s page"]);
    const old = versionRecord("1.0.0", { report: { labels: labels() } });
    const mended = versionRecord("1.1.0", { report: { labels: { ...labels(), publisherUrl: null } } });
    await write([mended, old]);
    await checkAfter(24);
    expect(await dead()).toEqual([]);
    server.requests.length = 0;
    await list("2.0.0", "2.1.0-rc.1", "1.9.0");
    await checkAfter(24);
    expect(server.requests.map(({ url }) => url).sort()).toEqual([
      "/1.png?token=secret",
      "/docs",
      "/icon.png",
    ]);
  });

  test("is not asked for while the extension is suspended, and nothing is forgotten by that", async () => {
    server.on("/docs", { status: 404 });
    for (const hours of [0, 24, 24]) await checkAfter(hours);
    await database.db.prisma.entry.updateMany({ data: { state: "suspended" } });
    server.requests.length = 0;
    await checkAfter(24);
    expect(server.requests).toEqual([]);
    expect(await dead()).toEqual(["publisher’s page"]);
  });

  test("is asked for by the worker once a day, the first time a day after its inspection", async () => {
    const due = () => queueDueMediaChecks(ctx, { limit: 100 });
    const nextAt = async () =>
      (await database.db.prisma.extension.findUniqueOrThrow({ where: { repository: REPOSITORY } }))
        .nextMediaCheckAt;
    expect(await due()).toBe(0);
    const first = await nextAt();
    server.requests.length = 0;
    clock.set(first?.toISOString() ?? "");
    const { client, close } = openClient("localhost");
    const options = { services: ctx, client, media, scanIntervalSeconds: 604_800, log: createLog("error") };
    const worker = await startWorker(options);
    await waitFor(
      async () => server.requests.length,
      (asked) => asked >= 3,
    );
    await worker.stop();
    await close();
    expect(server.requests).toHaveLength(3);
    expect((await nextAt())?.getTime()).toBe((first?.getTime() ?? 0) + 24 * 3_600_000);
    expect(await due()).toBe(0);
  });
});
