import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { TagList } from "@/lib/registry/client-types";
import { createPageMemory } from "@/lib/registry/transport/page-memory";
import {
  type Answer,
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const TAGS = "/v2/acme/disk-lens/tags/list";

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

const list = (): Promise<TagList> => open.client.tags(repositoryOfName(`${server.host}/acme/disk-lens`));

function page(tags: unknown, next?: string): Answer {
  return {
    headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
    body: JSON.stringify({ tags }),
  };
}

const incomplete = (tags: string[], gap: string): TagList => ({ tags, dropped: 0, complete: false, gap });

describe("one page", () => {
  test.each<[name: string, body: string, expected: TagList]>([
    ["no tags", '{"tags":[]}', { tags: [], dropped: 0, complete: true }],
    ["null", '{"name":"x","tags":null}', { tags: [], dropped: 0, complete: true }],
    ["missing", '{"name":"x"}', { tags: [], dropped: 0, complete: true }],
    ["unsorted and repeated", '{"tags":["b","a","b"]}', { tags: ["b", "a"], dropped: 0, complete: true }],
    [
      "names that are no tags",
      JSON.stringify({
        tags: ["1.0.0", "", `sha256:${"a".repeat(64)}`, "../x", "a b", "+", null, 7, {}, ".a", "é"],
      }),
      { tags: ["1.0.0"], dropped: 10, complete: true },
    ],
    [
      "128 characters are a tag, 129 are not",
      JSON.stringify({ tags: ["a".repeat(128), "a".repeat(129)] }),
      { tags: ["a".repeat(128)], dropped: 1, complete: true },
    ],
    [
      "names of object members",
      '{"tags":["__proto__","constructor"]}',
      {
        tags: ["__proto__", "constructor"],
        dropped: 0,
        complete: true,
      },
    ],
  ])("%s", async (_name, body, expected) => {
    server.on(TAGS, { body });
    expect(await list()).toEqual(expected);
  });

  test.each([
    ["XML", "<tags/>"],
    ["cut off", '{"tags":["1.0.0","1.0'],
    ["a list", '["1.0.0"]'],
    ["text", '"1.0.0"'],
    ["tags as object", '{"tags":{"1.0.0":1}}'],
    ["tags as text", '{"tags":"1.0.0"}'],
    ["empty", ""],
  ])("%s is an error, never an empty list", async (_name, body) => {
    server.on(TAGS, { body });
    await expect(list()).rejects.toMatchObject({ code: "registry_protocol", retryable: true });
  });

  test("an answer shorter than its Content-Length is an error", async () => {
    server.on(TAGS, (_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write('{"tags":[]}', () => response.socket?.destroy());
      return undefined;
    });
    await expect(list()).rejects.toMatchObject({ code: "registry_unreachable" });
    expect(server.requests).toHaveLength(3);
  });

  test("a page of 8 MiB is read, one byte more is cut off", async () => {
    const filled = (bytes: number) => '{"tags":["1.0.0"]}'.padEnd(bytes, " ");
    server.on(TAGS, { body: filled(8 * 1024 * 1024) }, { body: filled(8 * 1024 * 1024 + 1) });
    expect((await list()).tags).toEqual(["1.0.0"]);
    await expect(list()).rejects.toMatchObject({ code: "limit_exceeded" });
  });
});

describe("pages", () => {
  test.each([
    ["relative", `${TAGS}?last=b`],
    ["relative to the page", "list?last=b"],
  ])("a %s next page is followed to the end", async (_name, next) => {
    server.on(TAGS, page(["a", "b"], next), page(["c"]));
    expect(await list()).toEqual({ tags: ["a", "b", "c"], dropped: 0, complete: true });
    expect(server.requests.map((each) => each.url)).toEqual([`${TAGS}?n=1000`, `${TAGS}?last=b`]);
  });

  test("an absolute next page at the registry is followed", async () => {
    server.on(TAGS, page(["a"], `${server.url}${TAGS}?last=a`), page(["b"]));
    expect((await list()).tags).toEqual(["a", "b"]);
  });

  test.each([
    ["<%>; rel=next", true],
    ['<%>; title="a, b"; rel="next last"', true],
    ['</first>; rel="first", <%>; rel="next"', true],
    ['<%>; REL="next"', true],
    ['<%>; rel="previous"', false],
    ['<%>; rel="nextish"', false],
    ["<%>", false],
    ["garbage", false],
  ])("Link: %s", async (link, isNext) => {
    const header = link.replace("%", `${TAGS}?last=a`);
    server.on(TAGS, { headers: { link: header }, body: '{"tags":["a"]}' }, page(["b"]));
    expect((await list()).tags).toEqual(isNext ? ["a", "b"] : ["a"]);
  });

  test.each([
    "http://169.254.169.254/v2/x/tags/list",
    "https://evil.example/",
    "//evil.example/x",
    "file:///etc/passwd",
    "http://[",
  ])("a next page at %s without a cursor is not visited, and the list is not complete", async (next) => {
    server.on(TAGS, page(["a"], next), page([]));
    expect(await list()).toEqual(incomplete(["a"], "its next page leads nowhere"));
    expect(server.requests.map((each) => each.url)).toEqual([`${TAGS}?n=1000`, `${TAGS}?n=2&last=a`]);
  });

  test("a next page on another port of the same host gives its cursor, and only that", async () => {
    const trap = await startTrap();
    server.on(TAGS, page(["a"], `${trap.url}/lost/list?last=a%2Fb&n=7&token=x`), page(["b"]));
    expect((await list()).tags).toEqual(["a", "b"]);
    expect(server.requests.at(-1)?.url).toBe(`${TAGS}?n=7&last=a%2Fb`);
    expect(trap.connections()).toBe(0);
    await trap.stop();
  });

  test("a page that names itself ends the list, which is not complete", async () => {
    server.on(TAGS, page(["a"], `${TAGS}?n=1000`));
    expect(await list()).toEqual(incomplete(["a"], "its next page leads nowhere"));
    expect(server.requests).toHaveLength(2);
  });

  test("pages in a circle end the list, which is not complete", async () => {
    server.on(TAGS, page(["a"], `${TAGS}?p=1`), page(["b"], `${TAGS}?p=2`), page(["c"], `${TAGS}?p=1`));
    expect(await list()).toEqual(incomplete(["a", "b", "c"], "its next page leads nowhere"));
    expect(server.requests).toHaveLength(4);
  });

  test("the hundredth page is the last, and the list is not complete", async () => {
    let pages = 0;
    server.on(TAGS, () => {
      pages += 1;
      return page([`t${pages}`], `${TAGS}?p=${pages}`);
    });
    const { tags, complete } = await list();
    expect([tags.length, complete, pages]).toEqual([100, false, 100]);
  });

  test("a hundred pages exactly are complete", async () => {
    let pages = 0;
    server.on(TAGS, () => {
      pages += 1;
      return page([`t${pages}`], pages < 100 ? `${TAGS}?p=${pages}` : undefined);
    });
    expect((await list()).complete).toBe(true);
  });

  test("100,000 tags are read, the next one ends the list", async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `t${index}`);
    server.on(TAGS, page(many), page(many), page([...many, "one-more"]));
    expect((await list()).complete).toBe(true);
    const { tags, complete } = await list();
    expect([tags.length, complete]).toEqual([100_000, false]);
  });

  test("a later page that fails fails the list", async () => {
    server.on(TAGS, page(["a"], `${TAGS}?p=1`), { status: 500 });
    await expect(list()).rejects.toMatchObject({ code: "registry_error", retryable: true });
  });
});

describe("a list that the registry gives a version", () => {
  const versioned = (etag: string, tags: string[], next?: string): Answer => {
    const answer = page(tags, next);
    return { ...answer, headers: { ...answer.headers, etag } };
  };
  const askedWith = () => server.requests.map(({ headers }) => headers["if-none-match"]);

  test("is not sent again while it is unchanged, page by page", async () => {
    const next = `${TAGS}?last=b`;
    server.on(TAGS, versioned('"one"', ["a", "b"], next), versioned('W/"two"', ["c"]), { status: 304 });
    const before = await list();
    const metered = open.client.metered();
    const again = await metered.tags(repositoryOfName(`${server.host}/acme/disk-lens`));
    expect(again).toEqual(before);
    expect(metered.cost()).toEqual({ requests: 2, bytes: 0 });
    expect(askedWith()).toEqual([undefined, undefined, '"one"', 'W/"two"']);
  });

  test("is read again once it has changed", async () => {
    server.on(TAGS, versioned('"one"', ["a"]), versioned('"two"', ["b"]), { status: 304 });
    await list();
    expect((await list()).tags).toEqual(["b"]);
    expect((await list()).tags).toEqual(["b"]);
    expect(askedWith()).toEqual([undefined, '"one"', '"two"']);
  });

  test.each(["", "unquoted", '"a" , "b"', `"${"x".repeat(201)}"`, '"\u00e9"'])(
    "the version %j is not repeated",
    async (etag) => {
      server.on(TAGS, versioned(etag, ["a"]));
      await list();
      await list();
      expect(askedWith()).toEqual([undefined, undefined]);
    },
  );

  test("304 without a known version is an error, never an empty list", async () => {
    server.on(TAGS, { status: 304 });
    await expect(list()).rejects.toMatchObject({ code: "registry_error" });
  });
});

test("pages beyond the limit evict the least recently used; a page larger than the limit is not kept", () => {
  const memory = createPageMemory(4);
  const names = (count: number) => ({
    tags: Array.from({ length: count }, String),
    dropped: 0,
    last: undefined,
    next: undefined,
  });
  memory.keep("a", '"1"', names(2));
  memory.keep("b", '"1"', names(2));
  memory.get("a");
  memory.keep("c", '"1"', names(1));
  expect(["a", "b", "c"].map((address) => memory.get(address) !== undefined)).toEqual([true, false, true]);
  memory.keep("a", undefined, names(2));
  memory.keep("huge", '"1"', names(5));
  expect(["a", "c", "huge"].map((address) => memory.get(address) !== undefined)).toEqual([
    false,
    true,
    false,
  ]);
});
