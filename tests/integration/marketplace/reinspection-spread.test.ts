import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { systemActor } from "@/lib/journal/actor";
import type { Context, Services } from "@/lib/journal/context";
import { JOB_KINDS } from "@/lib/marketplace/jobs";
import { CLAIM_SECONDS, queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { getReinspection } from "@/lib/marketplace/reinspection/progress";
import { createLog } from "@/lib/platform/log";
import { type Queue, startQueue } from "@/lib/platform/queue";
import type { RegistryClient } from "@/lib/registry/client";
import { startWorker, type Worker } from "@/lib/scanning/worker";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { type TestClock, testClock } from "@/tests/support/test-clock";

const IMAGES = 10;

let registry: DistributionRegistry;
let open: OpenClient;
beforeAll(async () => {
  registry = await startDistributionRegistry({});
  open = openClient(registry.url);
});
afterAll(async () => {
  await open?.close();
  await registry?.stop();
});

describe("several workers", () => {
  let database: TestDatabase;
  let clock: TestClock;
  let repository: string;

  beforeAll(async () => {
    database = await openTestDatabase("postgres");
    clock = testClock("2026-11-30T10:00:00Z");
    await writeReleases(database.db);
    const path = "spread/disk-lens";
    repository = `${registry.host}/${path}`;
    const versions = [];
    for (let at = 0; at < IMAGES; at++) {
      const tag = `1.${at}.0`;
      await pushExtension(registry, path, tag, { labels: { "com.docker.extension.changelog": tag } });
      const image = { client: open.client, repository: parseRepository(repository), reference: tag };
      const { report } = await inspect({ ...image, backendImages: "leave_out" });
      versions.push(versionRecord(tag, { digest: report.digest, report }));
    }
    await writeExtensions(database.db, extensionRecord(repository, { versions }));
    await database.db.prisma.extension.updateMany({ data: { nextScanAt: new Date("2030-01-01") } });
  });
  afterAll(() => database?.close());

  type Process = { ctx: Context; inspected: () => number; stop(): Promise<void> };

  /** Counts the images that its worker inspects: each one asks for a client of background priority. */
  async function startProcess(): Promise<Process> {
    let inspected = 0;
    const client: RegistryClient = {
      ...open.client,
      prioritized(priority) {
        inspected += 1;
        return open.client.prioritized(priority);
      },
    };
    const log = createLog("error");
    const options = { db: database.db, log, kinds: JOB_KINDS, maintain: true, alone: false };
    const queue: Queue = await startQueue(options);
    const services: Services = {
      db: database.db,
      queue,
      clock,
      audit: testAudit(),
      acceptsRegistry: () => true,
    };
    const worker: Worker = await startWorker({ services, client, scanIntervalSeconds: 604_800, log });
    return {
      ctx: { ...services, actor: systemActor("test"), requestId: undefined },
      inspected: () => inspected,
      async stop() {
        await worker.stop();
        await queue.stop();
      },
    };
  }

  test("share a re-inspection; one that stops leaves its rest to the others", async () => {
    const [first, second] = [await startProcess(), await startProcess()];
    const counts = await database.db.prisma.inspection.groupBy({ by: ["inspectorVersion"], _count: true });
    expect(counts).toEqual([{ inspectorVersion: 0, _count: IMAGES }]);
    const sent = await Promise.all(
      [first, second].map(({ ctx }) => queueDueReinspections(ctx, { limit: 6 })),
    );
    expect(sent.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(IMAGES);
    await waitFor(
      async () => [first.inspected(), second.inspected()],
      ([a = 0, b = 0]) => a > 0 && b > 0,
    );
    await first.stop();
    clock.set(new Date(clock.now().getTime() + (CLAIM_SECONDS + 1) * 1000).toISOString());
    const done = async () => {
      await queueDueReinspections(second.ctx, { limit: 20 });
      return getReinspection(second.ctx);
    };
    expect(await waitFor(done, (progress) => progress.done === IMAGES)).toMatchObject({
      inspectorVersion: INSPECTOR_VERSION,
      total: IMAGES,
      done: IMAGES,
      changed: 0,
      failing: 0,
    });
    // The one that was interrupted, if any, was begun twice.
    expect(first.inspected() + second.inspected()).toBeLessThanOrEqual(IMAGES + 1);
    await second.stop();
  });
});
