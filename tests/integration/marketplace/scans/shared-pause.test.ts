import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { getScan } from "@/lib/marketplace/scans/scans";
import { scanExtension } from "@/lib/scanning/scan-extension";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

describe("what one process was told", () => {
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
    other = openClient(registry.url);
    for (const name of ["told", "untold"]) {
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

  test("holds for another one and every repository there, until its time has come", async () => {
    registry.on("/v2/acme/told/tags/list", { status: 429, headers: { "retry-after": "600" } });
    const told = await market.scan(`${registry.host}/acme/told`);
    expect(told).toMatchObject({ state: "rate_limited", requests: 1 });

    const asked = registry.requests.length;
    const elsewhere = await scanElsewhere("untold");
    expect(elsewhere).toMatchObject({
      state: "rate_limited",
      requests: 0,
      until: told.until,
      error: told.error,
    });
    expect(registry.requests.length).toBe(asked);

    market.advance(601);
    expect(await scanElsewhere("untold")).toMatchObject({ state: "unchanged" });
  });
});
