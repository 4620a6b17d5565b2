import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { extensionsText } from "@/lib/catalog/exports/docker-desktop";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { applyChanges } from "@/lib/catalog/views/records";
import { readPublicRecords } from "@/lib/marketplace/read-public-records";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { passOn } from "@/tests/support/registries/pass-on";
import { pushExtension } from "@/tests/support/registries/push";
import { listTagsWith, type TagListHabits } from "@/tests/support/registries/tag-list-habits";

let storage: OwnRegistry;
let registry: HostileRegistry;
let market: TestMarketplace;
let number = 0;
let path: string;

/** Names that are no versions, before those that are: 1,202 with 1.0.0 and 2.0.0. */
const BUILDS = Array.from({ length: 1_200 }, (_, at) => `0-build-${String(at).padStart(4, "0")}`);
const ALL = [...BUILDS, "1.0.0", "2.0.0"];

beforeAll(async () => {
  [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
  market = await startMarketplace("pglite", registry.url);
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
  await storage?.stop();
});

/** Another extension, with 1.0.0 and 2.0.0 listed. */
beforeEach(async () => {
  number += 1;
  path = `acme/listed-${number}`;
  registry.on(
    /./,
    passOn(() => storage.url),
  );
  await pushExtension(storage, path, "1.0.0");
  await market.approve(repository());
  await pushExtension(storage, path, "2.0.0", { labels: { "org.opencontainers.image.title": "Two" } });
  await market.scan(repository());
  expect(await exported()).toEqual([`${repository()}:2.0.0`]);
});

const repository = () => `${registry.host}/${path}`;
const listing = (habits: TagListHabits) => registry.on(`/v2/${path}/tags/list`, listTagsWith(habits));

async function exported(): Promise<string[]> {
  const records = applyChanges(undefined, await readPublicRecords(market.services.db, undefined));
  const { pieces } = await extensionsText(buildSnapshot(records, new Date()), "http://gantry", undefined);
  return pieces
    .join("")
    .split("\n")
    .filter((line) => line.includes(`${repository()}`));
}

describe("1,202 tags without a Link", () => {
  test("page by page: nothing becomes unavailable, and the export stays true", async () => {
    listing({ tags: ALL });
    expect(await market.scan(repository())).toMatchObject({ state: "unchanged", error: null });
    expect(await exported()).toEqual([`${repository()}:2.0.0`]);
  });

  test.each<[name: string, habits: TagListHabits]>([
    ["always the first page", { tags: ALL, ignores: ["last"] }],
    ["cut without a sign", { tags: ALL.slice(0, 997), ignores: ["n", "last"] }],
    ["the first page whatever is asked for", { tags: ALL.slice(0, 1_000), ignores: ["n", "last"] }],
    ["an empty list", { tags: [] }],
  ])("%s: the scan is partial, and no export changes", async (_name, habits) => {
    listing(habits);
    expect(await market.scan(repository())).toMatchObject({
      state: "partial",
      error: { code: "tag_list_incomplete", message: expect.stringContaining("not proven whole") },
    });
    expect(await exported()).toEqual([`${repository()}:2.0.0`]);
  });
});

test("a tag that the registry deleted is missing, and the export says why", async () => {
  registry.on(`/v2/${path}/manifests/2.0.0`, {
    status: 404,
    body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}',
  });
  listing({ tags: ["1.0.0"] });
  expect(await market.scan(repository())).toMatchObject({ state: "ok", error: null });
  expect(await exported()).toEqual([
    `# ${repository()}:2.0.0 is omitted: the registry no longer has the tag.`,
    `${repository()}:1.0.0`,
  ]);
  registry.on(
    `/v2/${path}/manifests/2.0.0`,
    passOn(() => storage.url),
  );
  listing({ tags: ["1.0.0", "2.0.0"] });
  await market.scan(repository());
  expect(await exported()).toEqual([`${repository()}:2.0.0`]);
});
