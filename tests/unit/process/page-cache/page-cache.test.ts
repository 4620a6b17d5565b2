import { expect, test } from "vitest";
import { AppError } from "@/lib/platform/errors";
import { pageBody } from "@/lib/process/page-cache/nonce-template";
import { PageCache } from "@/lib/process/page-cache/page-cache";
import type { PageRequest } from "@/lib/process/page-cache/page-request";
import type { RenderedPage } from "@/lib/process/page-cache/render-page";
import type { PageRequester } from "@/lib/process/pages/page-limits";
import { keptLog } from "@/tests/support/kept-log";

const START_MS = Date.parse("2026-01-01T00:00:00Z");
const NONCE = "N".repeat(22);
const PAGE = request("/");

/** Pages that show how often Next rendered. Next answers on command, or immediately. */
function house(options: { bytesMax?: number; answer?: Partial<RenderedPage>; held?: true } = {}) {
  let nowMs = START_MS;
  let snapshot: { builtAt: Date } | undefined = { builtAt: new Date(nowMs) };
  const asked: { page: PageRequest; answer(change?: Partial<RenderedPage>): void; fail(): void }[] = [];
  const { log, lines } = keptLog();
  const cache = new PageCache({
    render: (page) =>
      new Promise<RenderedPage>((resolve, reject) => {
        const html = `${page.key} ${asked.length + 1} <script nonce="${"P".repeat(22)}"></script>`;
        const made = { status: 200, contentType: "text/html; charset=utf-8", setsCookie: false, html };
        const answer = (change = {}) =>
          resolve({ ...made, placeholder: "P".repeat(22), ...options.answer, ...change });
        asked.push({ page, answer, fail: () => reject(new Error("Next is broken")) });
        if (!options.held) answer();
      }),
    snapshot: () => snapshot,
    isKnownHost: ({ desktop }) => desktop === "4.44.0",
    clock: { now: () => new Date(nowMs) },
    log,
    ...(options.bytesMax === undefined ? {} : { bytesMax: options.bytesMax }),
  });
  return {
    cache,
    asked,
    lines,
    /** What a visitor gets: a page's text, or undefined for Next's own answer. */
    async visit(page = PAGE) {
      const template = await cache.find(page, FREE);
      return template && pageBody(template, NONCE, "identity").toString().split(" <")[0];
    },
    pass(ms: number) {
      nowMs += ms;
    },
    change() {
      snapshot = { builtAt: new Date(nowMs) };
    },
    lose() {
      snapshot = undefined;
    },
  };
}

/** Pays for every page. */
const FREE: PageRequester = { consume: () => undefined, render: (work) => work() };

function request(key: string): PageRequest {
  return { address: key, host: undefined, isPlain: !/[?%]/.test(key), key };
}

/** Lets everything that is ready run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("Next makes a page once, and only the first visitor waits", async () => {
  const { cache, visit, asked, pass } = house();
  expect(await visit()).toBe("/ 1");
  pass(29_999);
  expect(cache.find(PAGE, FREE)).not.toBeInstanceOf(Promise);
  expect(await visit()).toBe("/ 1");
  expect(asked).toHaveLength(1);
});

test("visitors that come while a page is made wait for that one", async () => {
  const { visit, asked } = house({ held: true });
  const visits = [visit(), visit(), visit()];
  expect(asked).toHaveLength(1);
  asked[0]?.answer();
  expect(await Promise.all(visits)).toEqual(["/ 1", "/ 1", "/ 1"]);
});

test("pages with different keys are never mixed up", async () => {
  const { visit } = house();
  const keys = ["/", "/?q=a", "/ 4.44.0~arm64", "/ 4.44.0~amd64"];
  const first = await Promise.all(keys.map((key) => visit(request(key))));
  expect(first).toEqual(["/ 1", "/?q=a 2", "/ 4.44.0~arm64 3", "/ 4.44.0~amd64 4"]);
  expect(await Promise.all(keys.map((key) => visit(request(key))))).toEqual(first);
});

test("after a change the old page is sent for two seconds at most, while the new one is made", async () => {
  const { visit, asked, pass, change } = house({ held: true });
  const first = visit();
  asked[0]?.answer();
  await first;
  pass(500);
  change();
  expect(await visit()).toBe("/ 1");
  expect(asked).toHaveLength(2);
  pass(1_500);
  expect(await visit()).toBe("/ 1");
  pass(1);
  const late = visit();
  expect(asked).toHaveLength(2);
  asked[1]?.answer();
  expect(await late).toBe("/ 2");
});

test("a page that was not requested for a while is never sent after a change, however recent the change", async () => {
  const { visit, pass, change } = house();
  await visit();
  pass(1_500);
  change();
  pass(1_500);
  change();
  expect(await visit()).toBe("/ 2");
});

test("a page made of an older snapshot is not taken for one of the newer", async () => {
  const { visit, asked, pass, change } = house({ held: true });
  const early = visit();
  pass(10);
  change();
  const late = visit();
  expect(asked).toHaveLength(2);
  asked[1]?.answer();
  expect(await late).toBe("/ 2");
  asked[0]?.answer();
  expect(await early).toBe("/ 1");
  expect(await visit()).toBe("/ 2");
  expect(asked).toHaveLength(2);
});

test("a page is rendered again after half a minute, because it shows relative times", async () => {
  const { visit, pass } = house();
  await visit();
  pass(30_000);
  expect(await visit()).toBe("/ 2");
  pass(29_000);
  await visit();
  pass(1_500);
  expect(await visit()).toBe("/ 2");
  expect(await visit()).toBe("/ 3");
});

test.each([
  ["is not found", { status: 404 }],
  ["redirects", { status: 307 }],
  ["sets a cookie", { setsCookie: true }],
  ["is no HTML", { contentType: "text/x-component" }],
  ["shows its nonce", { html: `<p>${"P".repeat(22)}</p>` }],
])("a page that %s is Next's to answer, and is not made twice for that", async (_what, answer) => {
  const { visit, asked, change, pass } = house({ answer });
  expect(await visit()).toBeUndefined();
  expect(await visit()).toBeUndefined();
  expect(asked).toHaveLength(1);
  change();
  pass(5_000);
  expect(await visit()).toBeUndefined();
  expect(asked).toHaveLength(2);
});

test("a page that shows its nonce is reported", async () => {
  const { visit, lines } = house({ answer: { html: `<p>${"P".repeat(22)}</p>` } });
  await visit();
  expect(lines).toMatchObject([{ level: "error", page: "/" }]);
});

test("after an error of Next's the next visitor tries again", async () => {
  const { visit, asked } = house({ held: true });
  const first = visit();
  asked[0]?.answer({ status: 500 });
  expect(await first).toBeUndefined();
  const second = visit();
  asked[1]?.fail();
  expect(await second).toBeUndefined();
  const third = visit();
  asked[2]?.answer();
  expect(await third).toBe("/ 3");
});

test("while the new page cannot be made, the old one is not sent for longer than two seconds", async () => {
  const { visit, asked, pass, change } = house({ held: true });
  const first = visit();
  asked[0]?.answer();
  await first;
  change();
  expect(await visit()).toBe("/ 1");
  asked[1]?.fail();
  await settled();
  pass(2_001);
  const late = visit();
  asked[2]?.fail();
  expect(await late).toBeUndefined();
});

test("without a snapshot nothing is sent and nothing is made", async () => {
  const { visit, asked, lose } = house();
  await visit();
  lose();
  expect(await visit()).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test("requested pages stay when the cache is full", async () => {
  const { visit, asked } = house({ bytesMax: 5 * 4_400 });
  for (const key of ["/a", "/b", "/c", "/d", "/a", "/e", "/f"]) await visit(request(key));
  expect(asked.map(({ page }) => page.key)).toEqual(["/a", "/b", "/c", "/d", "/e", "/f"]);
  expect(await visit(request("/a"))).toBe("/a 1");
  expect(await visit(request("/b"))).toBe("/b 7");
});

test("one huge page does not push out the others", async () => {
  const html = `${"x".repeat(20_000)}<script nonce="${"P".repeat(22)}"></script>`;
  const { visit, asked } = house({ bytesMax: 40_000, held: true });
  const small = visit();
  asked[0]?.answer();
  await small;
  const huge = visit(request("/huge"));
  asked[1]?.answer({ html });
  expect(await huge).toBeUndefined();
  expect(await visit()).toBe("/ 1");
});

test("made-up addresses, hosts and names never push out the pages that everybody asks for", async () => {
  const { visit, asked } = house({ bytesMax: 1024 * 1024 });
  await visit();
  const host = (desktop: string) => ({ desktop, architecture: "arm64" });
  const known: PageRequest = { ...PAGE, host: host("4.44.0"), key: "/ known" };
  await visit(known);
  for (let count = 0; count < 1_000; count += 1) {
    await visit(request(`/?q=${count}`));
    await visit(request(`/extensions/%61${count}`));
    await visit({ ...PAGE, host: host(`1.0.${count}`), key: `/ ${count}` });
  }
  const before = asked.length;
  await visit();
  await visit(known);
  expect(asked).toHaveLength(before);
});

test("who may not have a page rendered is left to Next's own limits, and nothing is kept or logged", async () => {
  const { cache, visit, asked, lines } = house();
  const refused: PageRequester = {
    consume() {
      throw new AppError("too_many_requests", "Too fast.", { suggestion: "Wait." });
    },
    render: (work) => work(),
  };
  expect(await cache.find(PAGE, refused)).toBeUndefined();
  expect([asked, lines]).toEqual([[], []]);
  expect(await visit()).toBe("/ 1");
});
