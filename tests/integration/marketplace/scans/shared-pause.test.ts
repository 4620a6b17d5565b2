import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { listPausedHosts } from "@/lib/marketplace/scans/host-pause";
import { getScan } from "@/lib/marketplace/scans/scans";
import { scanExtension } from "@/lib/scanning/scan-extension";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

describe("a pause", () => {
  let storage: OwnRegistry;
  let registry: HostileRegistry;
  let market: TestMarketplace;
  /** Of another process: it has gates of its own. */
  let other: OpenClient;

  beforeAll(async () => {
    [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
    registry.on(
      /./,
      passOn(() => storage.url),
    );
    market = await startMarketplace("postgres", registry.url);
    market.stopClock();
    other = openClient(registry.url, { now: () => market.services.clock.now().getTime() });
    for (const name of ["told", "untold", "failing"]) {
      await pushExtension(storage, `acme/${name}`, "1.0.0");
      await market.approve(`${registry.host}/acme/${name}`);
    }
  });
  afterAll(async () => {
    await other?.close();
    await market?.close();
    await registry?.stop();
    await storage?.stop();
  });

  /** Later, without scans that are due by then: only those of the test. */
  async function later(afterSeconds: number) {
    const nextScanAt = new Date("2100-01-01T00:00:00Z");
    await market.services.db.prisma.extension.updateMany({ data: { nextScanAt } });
    market.advance(afterSeconds);
  }

  /** A scan by the other process. */
  async function scanElsewhere(name: string) {
    const { prisma } = market.services.db;
    const { id: extensionId } = await prisma.extension.findUniqueOrThrow({
      where: { repository: `${registry.host}/acme/${name}` },
    });
    const { id: scanId } = await prisma.scan.create({
      data: { extensionId, state: "queued", trigger: "schedule" },
    });
    const ctx: Context = { ...market.services, actor: systemActor("scanning"), requestId: undefined };
    const signal = new AbortController().signal;
    await scanExtension(ctx, other.client, {
      scanId,
      intervalSeconds: 900,
      signal,
      progressed: async () => undefined,
    });
    return getScan(await market.as("admin"), { id: scanId });
  }

  const seconds = (after: number) => new Date(market.services.clock.now().getTime() + after * 1000);
  const httpDate = (after: number) => seconds(Math.ceil(after)).toUTCString();

  test.each<[what: string, answer: () => Answer]>([
    ["429 with seconds", () => ({ status: 429, headers: { "retry-after": "600" } })],
    ["429 with a date", () => ({ status: 429, headers: { "retry-after": httpDate(600) } })],
    ["503 with seconds", () => ({ status: 503, headers: { "retry-after": "600" } })],
  ])(
    "by %s holds for another process and every repository there, until its time has come",
    async (_what, answer) => {
      const until = seconds(600);
      registry.on("/v2/acme/told/tags/list", answer());
      const told = await market.scan(`${registry.host}/acme/told`);
      expect(told).toMatchObject({ state: "rate_limited", requests: 1, pausedUntil: expect.any(String) });
      expect(Math.abs(Date.parse(told.pausedUntil ?? "") - until.getTime())).toBeLessThanOrEqual(1_000);

      const admin = await market.as("admin");
      expect(await listPausedHosts(admin)).toEqual([{ host: registry.host, until: told.pausedUntil }]);

      const asked = registry.requests.length;
      const elsewhere = await scanElsewhere("untold");
      expect(elsewhere).toMatchObject({
        state: "rate_limited",
        requests: 0,
        until: told.pausedUntil,
        error: told.error,
      });
      expect(registry.requests.length).toBe(asked);

      await later(601);
      expect(await scanElsewhere("untold")).toMatchObject({ state: "unchanged", pausedUntil: null });
      expect(await listPausedHosts(admin)).toEqual([]);
      registry.on(
        /./,
        passOn(() => storage.url),
      );
    },
  );

  test("of 30 seconds ends then, although the scan that met it waits longer by its own back-off", async () => {
    registry.on("/v2/acme/told/tags/list", { status: 429, headers: { "retry-after": "30" } });
    const told = await market.scan(`${registry.host}/acme/told`);
    expect(told.pausedUntil).toBe(seconds(30).toISOString());
    expect(Date.parse(told.until ?? "")).toBeGreaterThan(seconds(60).getTime());
    await later(30);
    expect(await scanElsewhere("untold")).toMatchObject({ state: "unchanged" });
    await later(3_600);
  });

  test("is not made by a scan that fails or backs off", async () => {
    registry.on("/v2/acme/failing/tags/list", { status: 500 });
    const failed = await market.scan(`${registry.host}/acme/failing`);
    expect(failed).toMatchObject({ state: "failed", pausedUntil: null, until: expect.any(String) });
    expect(await scanElsewhere("untold")).toMatchObject({ state: "unchanged" });
  });
});
