import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PageCache } from "@/lib/process/page-cache/page-cache";
import { createRenderPage } from "@/lib/process/page-cache/render-page";
import { createServeCachedPage } from "@/lib/process/page-cache/serve-cached-page";
import type { PageHandler } from "@/lib/process/page-handler";
import { securePage } from "@/lib/process/pages/page-security";
import { keptLog } from "@/tests/support/kept-log";
import { listen } from "@/tests/support/processes/listen";

const URL_OF_US = "https://gantry.example";

/** Stands in for Next: a page that shows its request, under the nonce of the request's policy. */
const page: PageHandler = async (req, res) => {
  const policy = String(req.headers["content-security-policy"]);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (req.url === "/extensions/acme/broken") return void res.destroy();
  if (req.url === "/extensions/acme/throwing") throw new Error("broken");
  res.setHeader("content-type", "text/html; charset=utf-8");
  const { "content-security-policy": _policy, ...headers } = req.headers;
  const text = JSON.stringify({ method: req.method, url: req.url, headers });
  res.end(`<script nonce="${nonce}"></script><p>${text}</p>`);
};

const builtAt = new Date();
const cache = new PageCache({
  render: createRenderPage(page, URL_OF_US),
  snapshot: () => ({ builtAt }),
  isKnownHost: () => true,
  clock: { now: () => new Date() },
  log: keptLog().log,
});
const serveCached = createServeCachedPage(cache, URL_OF_US);
const server = createServer(async (req, res) => {
  if (await serveCached(req, res, { consume: () => undefined, render: (work) => work() })) return;
  securePage(req, res, { development: false, url: URL_OF_US, clientIp: "192.0.2.1", requestId: "ours" });
  res.end("Next's own answer");
});
let origin: string;

beforeAll(async () => {
  origin = `http://127.0.0.1:${(await listen(server)).port}`;
});

afterAll(() => server.close());

async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const answer = await fetch(`${origin}${path}`, { method, headers });
  const body = await answer.text();
  const policy = answer.headers.get("content-security-policy") ?? "";
  return {
    status: answer.status,
    headers: answer.headers,
    body,
    policyNonces: new Set([...policy.matchAll(/'nonce-([^']+)'/g)].map(([, nonce]) => nonce)),
    pageNonce: /nonce="([^"]*)"/.exec(body)?.[1],
  };
}

test("each answer has a nonce of its own, in page and policy alike, and none that a client sent", async () => {
  const evil = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
  const answers = [await get("/", evil), await get("/", evil), await get("/")];
  for (const { pageNonce, policyNonces } of answers) {
    expect(pageNonce).toMatch(/^[\w-]{22}$/);
    expect([...policyNonces]).toEqual([pageNonce]);
  }
  expect(new Set(answers.map(({ pageNonce }) => pageNonce)).size).toBe(3);
  expect(answers[0]?.body).not.toContain("evil");
});

test("Next gets an anonymous request, whichever client comes first", async () => {
  const { body } = await get("/?q=first", {
    cookie: "tracking=1; gantry-host=4.44.0~arm64",
    "user-agent": "Secret/1.0",
    "accept-language": "de",
    "x-forwarded-for": "203.0.113.9",
    "x-gantry-client-ip": "203.0.113.9",
    referer: "http://secret.example/",
    origin: "http://secret.example",
  });
  const seen = JSON.parse(/<p>(.*)<\/p>/.exec(body)?.[1] ?? "");
  expect(seen).toEqual({
    method: "GET",
    url: "/?q=first",
    headers: {
      host: "gantry.example",
      accept: "text/html",
      "accept-encoding": "identity",
      "user-agent": "Gantry",
      cookie: "gantry-host=4.44.0~arm64",
      connection: "close",
      "x-gantry-client-ip": "127.0.0.1",
      "x-request-id": expect.stringMatching(/^[\w-]{12}$/),
    },
  });
});

test("one visitor's choice is never another's", async () => {
  const mine = await get("/allow-list", { cookie: "gantry-host=4.44.0~arm64" });
  const theirs = await get("/allow-list");
  expect(mine.body).toContain("4.44.0~arm64");
  expect(theirs.body).not.toContain("4.44.0");
});

test("the answer is hardened as every page is, and no cache that is shared keeps it", async () => {
  const kept = Object.fromEntries((await get("/")).headers);
  const ordinary = Object.fromEntries((await get("/sign-in")).headers);
  for (const name of Object.keys(ordinary)) {
    if (/^(?:date|content-length|content-security-policy|cache-control)$/.test(name)) continue;
    expect([name, kept[name]]).toEqual([name, ordinary[name]]);
  }
  const withoutNonce = (policy: string | undefined) => policy?.replace(/'nonce-[^']+'/g, "'nonce'");
  expect(withoutNonce(kept["content-security-policy"])).toBe(
    withoutNonce(ordinary["content-security-policy"]),
  );
  expect(kept["cache-control"]).toBe("private, no-cache");
  expect(kept.vary?.split(", ")).toEqual(
    expect.arrayContaining(["Cookie", "Authorization", "Accept-Encoding", "RSC", "Next-Router-State-Tree"]),
  );
  expect(kept.etag).toBeUndefined();
});

test("HEAD has the headers of the page and no body", async () => {
  const [full, head] = [await get("/"), await get("/", {}, "HEAD")];
  expect(head.body).toBe("");
  const own = ({ headers }: typeof full) =>
    [...headers].filter(([name]) => !/^(?:date|connection|keep-alive|content-security-policy)$/.test(name));
  expect(own(head)).toEqual(own(full));
  expect([...head.policyNonces]).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);
});

test.each([
  ["gzip", "gzip"],
  ["br, gzip;q=0.8", "gzip"],
  ["br", null],
  ["identity", null],
])("Accept-Encoding %s gets %s", async (accepted, encoding) => {
  const { headers, pageNonce, policyNonces } = await get("/", { "accept-encoding": accepted });
  expect(headers.get("content-encoding")).toBe(encoding);
  expect([...policyNonces]).toEqual([pageNonce]);
});

test.each([
  ["a signed-in user", "/", { cookie: "__Host-gantry-session=abc" }],
  ["Next's scripts", "/", { rsc: "1" }],
  ["a page that breaks off", "/extensions/acme/broken", {}],
  ["a page that throws", "/extensions/acme/throwing", {}],
  ["a client that refuses both encodings", "/", { "accept-encoding": "*;q=0" }],
])("%s gets Next's own answer", async (_what, path, headers) => {
  await get("/");
  const answer = await get(path, headers);
  expect(answer.body).toBe("Next's own answer");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});
