import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { queueDueScans } from "@/lib/marketplace/scans/due-scans";
import type { ScanView } from "@/lib/marketplace/scans/scan-view";
import { getScan } from "@/lib/marketplace/scans/scans";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { sha256Digest } from "@/lib/registry/oci/verification";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { startMarketplace, type TestMarketplace, waitFor } from "@/tests/support/marketplace";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";

let storage: OwnRegistry;
let registry: HostileRegistry;
let market: TestMarketplace;
let number = 0;
let path: string;
let submissionId: string;

const MISSING: Answer = { status: 404, body: '{"errors":[{"code":"BLOB_UNKNOWN"}]}' };

beforeAll(async () => {
  [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
  market = await startMarketplace("pglite", registry.url);
  market.stopClock();
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
  await storage?.stop();
});
beforeEach(async () => {
  number += 1;
  path = `acme/tool-${number}`;
  works();
  await pushExtension(storage, path, "1.0.0");
  submissionId = (await market.approve(repository())).id;
  await market.scan(repository());
});

const repository = () => `${registry.host}/${path}`;
const works = () =>
  registry.on(
    /./,
    passOn(() => storage.url),
  );
const titled = (title: string) => ({ labels: { "org.opencontainers.image.title": title } });

/** Pushes a version whose configs the registry does not have. */
async function pushWithoutConfigs(tag: string, title: string): Promise<string> {
  const { digest, image } = await pushExtension(storage, path, tag, titled(title));
  const configs = image.blobs.filter(({ mediaType }) => mediaType.includes("config"));
  for (const config of configs) registry.on(`/v2/${path}/blobs/${config.digest}`, MISSING);
  return digest;
}

const extension = () =>
  market.services.db.prisma.extension.findUniqueOrThrow({
    where: { repository: repository() },
    include: { scans: { orderBy: { createdAt: "desc" }, take: 1 } },
  });

const listedTags = async () => {
  const rows = await market.services.db.prisma.version.findMany({
    where: { extension: { repository: repository() }, visibility: "listed" },
  });
  return rows.map(({ tag }) => tag).sort();
};

/** Lets the time pass until the next scan is due, and waits for its end. */
async function nextScan(): Promise<ScanView> {
  const { nextScanAt, scans } = await extension();
  market.advance(((nextScanAt?.getTime() ?? 0) - market.services.clock.now().getTime()) / 1000 + 1);
  const system: Context = { ...market.services, actor: systemActor("scanning"), requestId: undefined };
  await queueDueScans(system, { limit: 20 });
  const [scan] = (
    await waitFor(
      extension,
      ({ scans: [newest] }) => newest?.id !== scans[0]?.id && newest?.finishedAt != null,
    )
  ).scans;
  return getScan(await market.as("admin"), { id: scan?.id ?? "" });
}

const secondsUntil = (time: string | null | undefined, from: string | undefined) =>
  (Date.parse(time ?? "") - Date.parse(from ?? "")) / 1000;

test("a version that keeps failing is tried less and less often, and says how often, why and when", async () => {
  const digest = await pushWithoutConfigs("1.1.0", "Broken");
  const first = await market.scan(repository());
  expect(first).toMatchObject({ state: "partial", error: { code: "registry_error" }, until: null });
  const waits: number[] = [];
  for (const attempts of [1, 2, 3]) {
    const scan = attempts === 1 ? first : await nextScan();
    expect(scan.failing).toMatchObject([
      { tag: "1.1.0", digest, attempts, error: { code: "registry_error" } },
    ]);
    const [failing] = scan.failing;
    waits.push(secondsUntil(failing?.nextTryAt, failing?.lastTriedAt));
    expect((await extension()).nextScanAt?.toISOString()).toBe(failing?.nextTryAt);
  }
  for (const [place, seconds] of [60, 120, 240].entries()) {
    expect(waits[place]).toBeGreaterThanOrEqual(seconds * 0.75);
    expect(waits[place]).toBeLessThanOrEqual(seconds);
  }
  const entry = await getEntry(await market.as("admin"), { repository: repository() });
  expect(entry.lastScan?.failing).toMatchObject([{ tag: "1.1.0", attempts: 3 }]);
  const submission = await getSubmission(await market.as("publisher"), { id: submissionId });
  expect(submission.failingTags).toMatchObject([{ tag: "1.1.0", attempts: 3 }]);

  works();
  expect(await nextScan()).toMatchObject({ state: "ok", listed: 1, failing: [], error: null });
});

test("a platform that the registry lacks keeps its version from every list, and is inspected when it arrives", async () => {
  const privileged = { binaries: [{ linux: [{ path: "/lens" }] }] };
  const metadata = { ...EXTENSION_METADATA, host: privileged };
  const { image } = await pushExtension(storage, path, "1.1.0", { metadata, files: { lens: "x" } });
  const [amd64] = image.manifests;
  registry.on(`/v2/${path}/manifests/${amd64?.digest}`, {
    status: 404,
    body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}',
  });
  expect(await market.scan(repository())).toMatchObject({
    state: "partial",
    failing: [
      { tag: "1.1.0", error: { message: expect.stringContaining(`does not have ${amd64?.digest}`) } },
    ],
  });
  for (const attempts of [2, 3]) expect((await nextScan()).failing).toMatchObject([{ attempts }]);
  const versions = { where: { extension: { repository: repository() }, tag: "1.1.0" } };
  expect(await market.services.db.prisma.version.count(versions)).toBe(0);

  works();
  expect(await nextScan()).toMatchObject({ state: "ok", listed: 0, held: 1, failing: [] });
  expect(await listedTags()).toEqual(["1.0.0"]);
});

test("between its tries a scan asks nothing about its image, and another tag of the repository is not held up", async () => {
  await pushWithoutConfigs("1.1.0", "Broken");
  await market.scan(repository());
  await market.services.db.prisma.failingTag.updateMany({
    where: { extension: { repository: repository() } },
    data: { attempts: 9, nextTryAt: new Date("2100-01-01T00:00:00Z") },
  });
  await pushExtension(storage, path, "1.2.0", titled("Good"));
  const before = registry.requests.length;
  expect(await nextScan()).toMatchObject({ listed: 1, failing: [{ tag: "1.1.0", attempts: 9 }] });
  const asked = registry.requests.slice(before).filter(({ url }) => url === `/v2/${path}/manifests/1.1.0`);
  expect(asked.map(({ method }) => method)).toEqual(["HEAD"]);
});

test("another image under the tag, and a request by a person, reset the count", async () => {
  await pushWithoutConfigs("1.1.0", "Broken");
  await market.scan(repository());
  expect((await nextScan()).failing).toMatchObject([{ attempts: 2 }]);
  const other = await pushWithoutConfigs("1.1.0", "Broken in another way");
  expect((await nextScan()).failing).toMatchObject([{ attempts: 1, digest: other }]);
  expect((await nextScan()).failing).toMatchObject([{ attempts: 2, digest: other }]);
  expect((await market.scan(repository())).failing).toMatchObject([{ attempts: 1, digest: other }]);
});

test("what the same bytes will always lead to is not retried until a person asks", async () => {
  await pushExtension(storage, path, "1.1.0", titled("To be malformed"));
  const body = '{"schemaVersion":2,"config":{}}';
  const digest = sha256Digest(Buffer.from(body));
  const type = "application/vnd.oci.image.manifest.v1+json";
  const headers = { "content-type": type, "content-length": body.length, "docker-content-digest": digest };
  registry.on(new RegExp(`/v2/${path}/manifests/(?:1\\.1\\.0|${digest})$`), { body, headers });
  const scan = await market.scan(repository());
  expect(scan.failing).toMatchObject([
    { tag: "1.1.0", digest, nextTryAt: null, error: { code: "registry_protocol" } },
  ]);
  const before = registry.requests.length;
  expect(await nextScan()).toMatchObject({ failing: [{ attempts: 1, nextTryAt: null }] });
  const asked = registry.requests
    .slice(before)
    .filter(({ url }) => url === `/v2/${path}/manifests/${digest}`);
  expect(asked).toEqual([]);
  works();
  expect(await market.scan(repository())).toMatchObject({ state: "ok", failing: [] });
});

test("tags about which the registry cannot answer do not starve the others", async () => {
  const tags = [1, 2, 3, 4, 5, 6, 7].map((patch) => `1.1.${patch}`);
  for (const tag of tags) await pushExtension(storage, path, tag, titled(tag));
  await pushExtension(storage, path, "1.0.1", titled("Good"));
  registry.on(new RegExp(`/v2/${path}/manifests/1\\.1\\.`), { status: 400 });
  expect(await market.scan(repository())).toMatchObject({ state: "failed" });
  const { failing } = await nextScan();
  expect(await listedTags()).toEqual(["1.0.0", "1.0.1"]);
  expect(failing.length).toBeGreaterThan(0);
  expect(failing.every(({ digest }) => digest === null)).toBe(true);
});
