import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { listTagsWith, type TagListHabits } from "@/tests/support/registries/tag-list-habits";

const PATH = "/v2/acme/disk-lens/tags/list";

let server: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  open = openClient(server.url);
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

/** In the order of registries: sorted by their bytes. */
function tagsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `1.${Math.floor(at / 100)}.${at % 100}`).sort();
}

const shuffled = (tags: readonly string[]) => tags.toSorted((one, other) => keyOf(one) - keyOf(other));
const keyOf = (tag: string) => [...tag].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 1_009, 7);

const list = () => open.client.tags(repositoryOfName(`${server.host}/acme/disk-lens`));
const asked = () => server.requests.map(({ url }) => url.slice(PATH.length));

const ok = (last: string, n: number) => `${PATH}?n=${n}&last=${encodeURIComponent(last)}`;

describe("a list that is proven whole", () => {
  test.each<[name: string, requests: number, habits: TagListHabits]>([
    ["pages without a Link (Nexus)", 3, { tags: tagsUpTo(1_202) }],
    ["pages without a Link, continued by name", 3, { tags: tagsUpTo(1_202), byName: true }],
    ["a full page and nothing more", 2, { tags: tagsUpTo(1_000) }],
    ["two full pages and nothing more", 4, { tags: tagsUpTo(2_000) }],
    ["pages of at most a hundred without a Link", 14, { tags: tagsUpTo(1_202), atMost: 100 }],
    ["the last name repeated on the next page", 3, { tags: tagsUpTo(1_202), repeatsLast: true }],
    ["the last name repeated, and nothing more", 2, { tags: tagsUpTo(1_000), repeatsLast: true }],
    ["neither n nor last (Distribution 2.8)", 1, { tags: shuffled(tagsUpTo(1_202)), ignores: ["n", "last"] }],
    ["neither n nor last, as many as a page", 2, { tags: tagsUpTo(1_000), ignores: ["n", "last"] }],
    ["neither n nor last, few and a round number", 2, { tags: tagsUpTo(30), ignores: ["n", "last"] }],
    ["few tags", 1, { tags: tagsUpTo(37) }],
    ["no order, continued by place", 3, { tags: shuffled(tagsUpTo(1_202)) }],
    ["a Link", 2, { tags: tagsUpTo(1_202), link: ok }],
    ["a Link and smaller pages", 13, { tags: tagsUpTo(1_202), atMost: 100, link: ok }],
    ["a Link, and a full last page", 3, { tags: tagsUpTo(2_000), link: ok }],
    [
      "a Link alone (no last), and a full page",
      2,
      { tags: tagsUpTo(100), atMost: 100, ignores: ["last"], link: ok },
    ],
    [
      "a Link with last alone",
      13,
      { tags: tagsUpTo(1_202), byDefault: 100, link: (last) => `${PATH}?last=${last}`, atMost: 100 },
    ],
    [
      "a Link that lost /v2",
      2,
      { tags: tagsUpTo(1_202), link: (last, n) => `/acme/disk-lens/tags/list?last=${last}&n=${n}` },
    ],
    [
      "a Link with a prefix too many",
      2,
      { tags: tagsUpTo(1_202), link: (last, n) => `/registry${PATH}?n=${n}&last=${last}` },
    ],
    [
      "a Link to the host behind the proxy",
      2,
      {
        tags: tagsUpTo(1_202),
        link: (last, n) => `http://registry.internal:5000${PATH}?n=${n}&last=${last}`,
      },
    ],
    [
      "a Link by https to a host of http",
      2,
      { tags: tagsUpTo(1_202), link: (last, n) => `https://${server.host}${PATH}?n=${n}&last=${last}` },
    ],
    [
      "a page size that is refused, with a Link",
      14,
      { tags: tagsUpTo(1_202), refusesAbove: 100, byDefault: 100, link: ok },
    ],
    [
      "a page size that is refused, again in the Link",
      14,
      {
        tags: tagsUpTo(1_202),
        refusesAbove: 100,
        byDefault: 100,
        link: (last) => `${PATH}?n=1000&last=${last}`,
      },
    ],
    [
      "a page size that is refused, without a Link",
      15,
      { tags: tagsUpTo(1_202), refusesAbove: 100, byDefault: 100 },
    ],
    [
      "a page size that is always refused, without a Link",
      15,
      { tags: tagsUpTo(1_202), refusesAbove: 0, byDefault: 100 },
    ],
    [
      "a page size that is refused, and few tags",
      2,
      { tags: tagsUpTo(7), refusesAbove: 100, byDefault: 100 },
    ],
  ])("%s: %i requests", async (_name, requests, habits) => {
    server.on(PATH, listTagsWith(habits));
    const { tags, complete } = await list();
    expect({ tags: tags.toSorted(), complete, requests: server.requests.length }).toEqual({
      tags: habits.tags.toSorted(),
      complete: true,
      requests,
    });
  });
});

describe("a list that is not proven whole", () => {
  test.each<[name: string, seen: number, gap: RegExp, habits: TagListHabits]>([
    ["always the same page", 1_000, /does not continue/, { tags: tagsUpTo(1_202), ignores: ["last"] }],
    [
      "always the same hundred",
      100,
      /does not continue/,
      { tags: tagsUpTo(1_202), ignores: ["last"], atMost: 100 },
    ],
    [
      "more than a hundred pages",
      10_000,
      /more than 100 pages/,
      { tags: tagsUpTo(10_500), atMost: 100, link: ok },
    ],
    [
      "more than a hundred pages without a Link",
      10_000,
      /more than 100 pages/,
      { tags: tagsUpTo(10_500), atMost: 100 },
    ],
  ])("%s", async (_name, seen, gap, habits) => {
    server.on(PATH, listTagsWith(habits));
    const { tags, ...rest } = await list();
    expect([tags.length, rest]).toEqual([
      seen,
      { dropped: 0, complete: false, gap: expect.stringMatching(gap) },
    ]);
  });

  test("no order, continued by name: the pages overlap", async () => {
    const tags = shuffled(tagsUpTo(1_500));
    server.on(PATH, listTagsWith({ tags, byName: true }));
    expect((await list()).complete).toBe(false);
  });

  test("the page after a full one is refused", async () => {
    server.on(PATH, listTagsWith({ tags: tagsUpTo(1_000) }), { status: 404, body: NAME_UNKNOWN });
    expect(await list()).toMatchObject({
      complete: false,
      gap: expect.stringContaining("refuses to continue"),
    });
  });

  test("a page with trouble after a full one fails the list, which then says nothing", async () => {
    server.on(PATH, listTagsWith({ tags: tagsUpTo(1_000) }), { status: 500 });
    await expect(list()).rejects.toMatchObject({ code: "registry_error", retryable: true });
  });

  test("a last name that is no cursor ends it", async () => {
    server.on(PATH, { body: JSON.stringify({ tags: [...tagsUpTo(999), "x".repeat(256)] }) });
    expect(await list()).toMatchObject({ complete: false, dropped: 1 });
    expect(server.requests).toHaveLength(1);
  });
});

const NAME_UNKNOWN = '{"errors":[{"code":"NAME_UNKNOWN"}]}';

test("names that are no tags count for the size of a page, and the next one continues after them", async () => {
  const named = [...tagsUpTo(999), "zz/not a tag"];
  server.on(PATH, listTagsWith({ tags: [...named, "zzz-1"] }));
  expect(await list()).toEqual({ tags: [...tagsUpTo(999), "zzz-1"], dropped: 1, complete: true });
  expect(asked()[1]).toBe("?n=2&last=zz%2Fnot+a+tag");
});

test("a page size that was refused is not sent again", async () => {
  server.on(PATH, listTagsWith({ tags: tagsUpTo(7), refusesAbove: 100 }));
  await list();
  await list();
  expect(asked()).toEqual(["?n=1000", "", ""]);
});

test.each([
  [400, '{"errors":[{"code":"PAGINATION_NUMBER_INVALID"}]}'],
  [400, '{"errors":[{"code":"UNSUPPORTED","message":"n is too large"}]}'],
  [422, ""],
  [416, ""],
])("any refusal of the request with a page size is answered by one without: %d %s", async (status, body) => {
  server.on(PATH, { status, body }, { body: '{"tags":["1.0.0"]}' });
  expect(await list()).toEqual({ tags: ["1.0.0"], dropped: 0, complete: true });
});
