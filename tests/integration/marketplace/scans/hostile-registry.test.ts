import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { readPublicRecords } from "@/lib/marketplace/read-public-records";
import { listSubmissions } from "@/lib/marketplace/submissions/submissions";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type Answer,
  type Behavior,
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

const HOUR = 3600;
const GONE: Answer = { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' };
const PRIVATE: Answer = { status: 401, headers: { "www-authenticate": "Basic" } };
const BLOCKED: Answer = { status: 403 };

beforeAll(async () => {
  [storage, registry] = await Promise.all([startRegistry(), startHostileRegistry()]);
  market = await startMarketplace("pglite", registry.url);
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
  await storage?.stop();
});
beforeEach(approveAnother);

async function approveAnother() {
  number += 1;
  path = `acme/tool-${number}`;
  registry.on(
    /./,
    passOn(() => storage.url),
  );
  await pushExtension(storage, path, "1.0.0");
  await market.approve(repository());
}

const repository = () => `${registry.host}/${path}`;
const answerWith = (answer: Answer) => registry.on(new RegExp(`/v2/${path}/`), answer);
const shown = () =>
  registry.on(
    /./,
    passOn(() => storage.url),
  );

async function scanAfter(hours: number) {
  market.advance(hours * HOUR);
  return market.scan(repository());
}

async function publicRecord() {
  const { changed } = await readPublicRecords(market.services.db, undefined);
  return changed.find((record) => record.repository === repository());
}

const auditOf = async () => {
  const rows = await market.services.db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } });
  return rows.flatMap(({ action }) => (/^extension\.(?:un)?available$/.test(action) ? [action] : []));
};

describe("a tag about which the registry cannot answer", () => {
  const broken = (tags: RegExp) => registry.on(tags, { status: 500 });
  const listed = async () => (await publicRecord())?.versions.map(({ tag }) => tag).sort();

  test("costs this tag only, says so, and comes with the next scan that works", async () => {
    for (const tag of ["1.1.0", "1.2.0"]) await pushExtension(storage, path, tag);
    broken(new RegExp(`/v2/${path}/manifests/1\\.1\\.0$`));
    const partial = await scanAfter(1);
    expect(partial).toMatchObject({
      state: "partial",
      found: 3,
      listed: 1,
      error: { code: "registry_error" },
    });
    expect(await listed()).toEqual(["1.0.0", "1.2.0"]);
    expect((await publicRecord())?.versions.every(({ missingSince }) => missingSince === null)).toBe(true);
    shown();
    expect(await scanAfter(1)).toMatchObject({ state: "ok", listed: 1, error: null });
    expect(await listed()).toEqual(["1.0.0", "1.1.0", "1.2.0"]);
  });

  test("a registry that fails for tag after tag ends the scan", async () => {
    for (const patch of [1, 2, 3, 4, 5, 6, 7]) await pushExtension(storage, path, `1.1.${patch}`);
    broken(new RegExp(`/v2/${path}/manifests/1\\.1\\.`));
    expect(await scanAfter(1)).toMatchObject({ state: "failed", listed: 0 });
  });
});

describe("a repository that its registry refuses", () => {
  test("is called unavailable after three refusals over a day, stays listed, and is told apart by the last answer", async () => {
    const before = await publicRecord();
    const acts = (await auditOf()).length;
    const answers: Answer[] = [GONE, PRIVATE, BLOCKED];
    for (const [at, hours] of [0, 12, 11.5].entries()) {
      answerWith(answers[at] ?? GONE);
      expect(await scanAfter(hours)).toMatchObject({ state: "failed", until: null });
      expect((await publicRecord())?.unavailable).toBeNull();
    }
    await scanAfter(1);
    const after = await publicRecord();
    expect(after?.unavailable).toMatchObject({ reason: "blocked" });
    expect(after?.versions).toEqual(before?.versions);
    expect(after?.versions).toMatchObject([{ tag: "1.0.0", visibility: "listed", missingSince: null }]);
    answerWith(PRIVATE);
    await scanAfter(1);
    expect((await publicRecord())?.unavailable).toMatchObject({ reason: "private" });
    await scanAfter(1);
    shown();
    await scanAfter(1);
    expect((await publicRecord())?.unavailable).toBeNull();
    expect((await auditOf()).slice(acts)).toEqual([
      "extension.unavailable",
      "extension.unavailable",
      "extension.available",
    ]);
  });

  test("is not called so after three refusals within a day, nor after two over a day", async () => {
    answerWith(GONE);
    for (const hours of [0, 1, 1]) await scanAfter(hours);
    expect((await publicRecord())?.unavailable).toBeNull();
    shown();
    await scanAfter(1);
    answerWith(GONE);
    for (const hours of [0, 48]) await scanAfter(hours);
    expect((await publicRecord())?.unavailable).toBeNull();
  });

  test("is not said to be refused because of any other trouble, which does not start the count again either", async () => {
    answerWith(GONE);
    await scanAfter(0);
    answerWith({ status: 500 });
    await scanAfter(12);
    answerWith(GONE);
    await scanAfter(6);
    const ctx = await market.as("admin");
    const entry = () => getEntry(ctx, { repository: repository() });
    expect((await entry()).refusal).toMatchObject({ times: 2, public: false });
    const { items } = await listSubmissions(ctx, { state: "approved", limit: 100 });
    const own = items.find((submission) => submission.repository === repository());
    expect(own?.refusal).toMatchObject({ times: 2, public: false });
    await scanAfter(7);
    expect((await entry()).refusal).toMatchObject({
      times: 3,
      public: true,
      message: "The registry has no such repository.",
    });
    answerWith(BLOCKED);
    await scanAfter(1);
    expect((await publicRecord())?.unavailable).toMatchObject({ reason: "blocked" });
  });
});

describe("a tag list that can't be believed", () => {
  const page = (tags: string[], next?: string): Answer => ({
    headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
    body: JSON.stringify({ tags }),
  });
  const list = () => `/v2/${path}/tags/list`;

  test.each<[name: string, lists: () => [Behavior, ...Behavior[]], state: string]>([
    ["is no JSON", () => [{ body: "<html>" }], "failed"],
    ["breaks off", () => [{ body: '{"tags":["2.0' }], "failed"],
    [
      "is shorter than it says",
      () => [
        (_request, response) => {
          response.writeHead(200, { "content-length": 100 });
          response.write('{"tags":[]}', () => response.socket?.destroy());
          return undefined;
        },
      ],
      "failed",
    ],
    ["fails on its second page", () => [page([], `${list()}?p=1`), { status: 500 }], "failed"],
    ["leads in a circle", () => [page([], `${list()}?n=1000`)], "partial"],
    ["is too long", () => [{ body: " ".repeat(8 * 1024 * 1024 + 1) }], "failed"],
  ])("marks no tag as missing when it %s", async (_name, lists, state) => {
    const before = await publicRecord();
    registry.on(list(), ...lists());
    expect(await scanAfter(1)).toMatchObject({ state });
    expect(await publicRecord()).toEqual(before);
  });
});

test("a registry that asks to wait gets no scan before then, of no repository", async () => {
  const other = repository();
  await approveAnother();
  answerWith({ status: 429, headers: { "retry-after": "7200" } });
  const asked = () => registry.requests.filter(({ url }) => url.startsWith(`/v2/${path}/`)).length;
  const before = asked();
  const first = await scanAfter(0);
  expect(first).toMatchObject({ state: "rate_limited", requests: 1 });
  for (const name of [repository(), other]) {
    expect(await market.scan(name)).toMatchObject({ state: "rate_limited", requests: 0, bytes: 0 });
  }
  expect(asked()).toBe(before + 1);
  const { nextScanAt } = await market.services.db.prisma.extension.findUniqueOrThrow({
    where: { repository: repository() },
  });
  // Hours were skipped in this file, so that only the clock of the marketplace knows when that is.
  const untilMs = nextScanAt?.getTime() ?? 0;
  expect(untilMs - market.services.clock.now().getTime()).toBeGreaterThan(3_600_000);
  expect(first.until).not.toBeNull();
});
