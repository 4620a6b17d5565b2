import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";
import { testClock } from "@/tests/support/test-clock";

let api: PublicApi;
const clock = testClock("2026-11-20T12:00:00Z");
const LOCAL = "127.0.0.1:5000/acme/disk-lens";

beforeAll(async () => {
  api = await startPublicApi({ clock });
  await writeReleases(api.db);
  await writeExtensions(
    api.db,
    extensionRecord("docker.io/acme/logs", {
      versions: [
        versionRecord("1.0.0", { report: { labels: { title: "Logs", categories: ["database"] } } }),
        versionRecord("2.0.0", { report: { labels: { title: "Logs 2", apiVersion: ">= 0.4.2" } } }),
        versionRecord("1.5.0", {
          visibility: "yanked",
          reason: { code: "vulnerable", message: "It leaks." },
        }),
      ],
    }),
    extensionRecord(LOCAL),
    extensionRecord("docker.io/acme/gone", { entry: { state: "suspended" } }),
    extensionRecord("docker.io/acme/ending", { entry: { expiresAt: new Date("2026-11-20T13:00:00Z") } }),
  );
  await api.catalog.refresh();
});

afterAll(() => api.close());

const EXTENSION = "/api/v1/extensions/acme/logs";

test.each([
  ["/api/v1/extensions", ["127.0.0.1:5000/acme/disk-lens", "acme/ending", "acme/logs"]],
  ["/api/v1/extensions?q=logs", ["acme/logs"]],
  ["/api/v1/extensions?category=database", []],
  ["/api/v1/extensions?publisher=acme", ["acme/ending", "acme/logs"]],
  ["/api/v1/extensions?platform=linux/aarch64", [LOCAL, "acme/ending", "acme/logs"]],
  ["/api/v1/extensions?platform=linux/s390x", []],
])("%s holds what is in force and fits", async (path, expected) => {
  const { items } = (await api.send(path)).json() as { items: { repository: string }[] };
  expect(items.map(({ repository }) => repository)).toEqual(expected);
});

const TEXTS = ["%", "_", "'--", ":*", "&|!()", "😀", ".*", "[", "\\", " ".repeat(250), "a ".repeat(128)];

test.each(TEXTS)("searching for %j is searching for text", async (text) => {
  const answer = await api.send(`/api/v1/extensions?q=${encodeURIComponent(text)}`);
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
});

test.each([
  ["257 characters", `q=${"x".repeat(257)}`],
  ["10,000 spaces", `q=${"+".repeat(10_000)}`],
  ["a NUL", "q=a%00b"],
  ["half a character", "q=%ED%A0%80%00"],
  ["an operator", "q[not]=x"],
  ["an array", "q=a&q=b"],
  ["an operator of a filter", "category[gt]="],
  ["an unknown parameter", "offset=201"],
  ...["0", "-1", "101", "1e9", "NaN", "1.5", ""].map((limit) => [`limit ${limit}`, `limit=${limit}`]),
])("a query with %s is refused with what is wrong", async (_what, query) => {
  const answer = await api.send(`/api/v1/extensions?${query}`);
  expect([answer.status, answer.json()]).toMatchObject([400, { code: "invalid_input" }]);
});

test("pages of one put together are the whole list", async () => {
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path = `/api/v1/extensions?limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const page = (await api.send(path)).json() as {
      items: { repository: string }[];
      total: number;
      next: string | null;
    };
    expect(page.total).toBe(3);
    seen.push(...page.items.map(({ repository }) => repository));
    cursor = page.next;
  }
  expect(seen).toEqual([LOCAL, "acme/ending", "acme/logs"]);
});

test("a list for a host says of each item what that host is offered", async () => {
  const { items } = (await api.send("/api/v1/extensions?q=logs&desktop=4.18&arch=x86_64")).json() as {
    items: unknown[];
  };
  expect(items).toMatchObject([
    {
      repository: "acme/logs",
      latest: { tag: "2.0.0" },
      offer: { tag: "1.0.0" },
      offerReason: { code: "needs_newer_desktop" },
    },
  ]);
});

test("an offer is the newest version that fits the host, always by digest", async () => {
  const digest = versionRecord("1.0.0").digest;
  expect((await api.send(`${EXTENSION}/-/offer?desktop=4.18.0&arch=amd64`)).json()).toMatchObject({
    offer: { tag: "1.0.0", reference: `acme/logs@${digest}`, confidence: "verified" },
    newest: { tag: "2.0.0" },
    reason: { code: "needs_newer_desktop", minimumDesktop: "4.44.0" },
  });
  expect((await api.send(`${EXTENSION}/-/offer?api=0.4.2&arch=arm64&os=darwin`)).json()).toMatchObject({
    offer: { tag: "2.0.0" },
    reason: { code: "newest" },
  });
});

test("an address with a port may be written plainly or percent-encoded", async () => {
  for (const name of [LOCAL, LOCAL.replace(":", "%3A"), encodeURIComponent(LOCAL)]) {
    const { status, json } = await api.send(`/api/v1/extensions/${name}`);
    expect([status, json()]).toMatchObject([200, { repository: LOCAL }]);
  }
});

test("a suspended extension is in no list, and its own page says why", async () => {
  const page = await api.send("/api/v1/extensions/acme/gone");
  expect(page.status).toBe(200);
  expect(page.json()).toMatchObject({ latest: null, versions: [], entry: { state: "suspended" } });
  expect((await api.send("/api/v1/extensions")).text).not.toContain("acme/gone");
  expect((await api.send("/api/v1/allow-list")).text).not.toContain("acme/gone");
});

test("time ends an entry for a reader who asked a moment before", async () => {
  const listed = async () => (await api.send("/api/v1/extensions")).text.includes("acme/ending");
  const page = await api.send("/api/v1/extensions/acme/ending");
  expect(await listed()).toBe(true);
  clock.set("2026-11-20T13:00:00Z");
  try {
    expect(await listed()).toBe(false);
    const again = await api.send("/api/v1/extensions/acme/ending", {
      headers: { "if-none-match": String(page.headers.etag) },
    });
    expect([again.status, again.json()]).toMatchObject([200, { entry: { state: "expired" } }]);
  } finally {
    clock.set("2026-11-20T12:00:00Z");
  }
});

const STORED = [
  "/api/v1/extensions",
  "/api/v1/extensions?q=logs&limit=10",
  EXTENSION,
  `${EXTENSION}/-/versions/1.5.0`,
  `${EXTENSION}/-/offer?api=0.4.2&arch=arm64`,
  "/api/v1/catalog",
  "/api/v1/catalog?since=1",
  "/api/v1/blocklist",
  "/api/v1/allow-list",
  "/api/v1/categories",
  "/api/v1/desktop-releases",
  "/api/v1/openapi.json",
  `${EXTENSION}/-/compatibility`,
  `${EXTENSION}/-/badge.svg?kind=platforms`,
  "/v2/extensions/marketplace.json",
  "/v2/extensions/acme_logs/metadata.json",
  "/api/v1/exports/docker-desktop/extensions.txt",
  "/api/v1/exports/docker-desktop/admin-settings.json",
  "/api/v1/exports/rancher-desktop/allowed.json",
  "/api/v1/exports/podman-desktop/extensions.json",
  "/feed.atom",
  `${EXTENSION}/-/feed.atom`,
  "/sitemap.xml",
  "/robots.txt",
];

test("a client with a later state than this process never gets an older one", async () => {
  const { snapshot } = (await api.send("/api/v1/catalog")).json() as { snapshot: string };
  const ahead = await api.send(`/api/v1/catalog?since=${BigInt(snapshot) + 1n}`);
  expect(ahead.status).toBe(503);
  expect(ahead.json()).toMatchObject({ code: "catalog_behind" });
  expect(Number(ahead.headers["retry-after"])).toBeGreaterThan(0);
});

test.each(STORED)("%s: an ETag names exact bytes, and answers 304 as long as they hold", async (path) => {
  const plain = await api.send(path);
  const gzip = await api.send(path, { headers: { "accept-encoding": "gzip" } });
  expect([plain.status, gzip.status]).toEqual([200, 200]);
  expect(plain.headers["content-encoding"]).toBeUndefined();
  const isSmaller = gzip.headers["content-encoding"] === "gzip";
  expect(isSmaller ? gunzipSync(gzip.bytes) : gzip.bytes).toEqual(plain.bytes);
  if (isSmaller) expect(gzip.headers.etag).not.toBe(plain.headers.etag);
  for (const [answer, encoding] of [
    [plain, "identity"],
    [gzip, "gzip"],
  ] as const) {
    const etag = String(answer.headers.etag);
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{20,}"$/);
    expect(answer.headers["content-length"]).toBe(String(answer.bytes.byteLength));
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const headers = { "accept-encoding": encoding, "if-none-match": known };
      const same = await api.send(path, { headers });
      expect([same.status, same.bytes.byteLength]).toEqual([304, 0]);
      for (const name of ["etag", "cache-control", "vary", "access-control-allow-origin"])
        expect(same.headers[name]).toBe(answer.headers[name]);
      expect(same.headers["content-encoding"]).toBeUndefined();
    }
    const other = { "accept-encoding": encoding, "if-none-match": '"other"' };
    expect((await api.send(path, { headers: other })).status).toBe(200);
  }
});

test("what browsers ask for again comes as brotli, with an ETag of its own and the same content", async () => {
  const headers = { "accept-encoding": "gzip, deflate, br" };
  const ask = (more = {}) => api.send(EXTENSION, { headers: { ...headers, ...more } });
  const brotli = await vi.waitFor(async () => {
    const answer = await ask();
    expect(answer.headers["content-encoding"]).toBe("br");
    return answer;
  });
  const plain = await api.send(EXTENSION);
  expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes);
  expect(brotli.headers.etag).not.toBe(plain.headers.etag);
  expect((await ask({ "if-none-match": String(brotli.headers.etag) })).status).toBe(304);
  expect((await ask({ "if-none-match": String(plain.headers.etag) })).status).toBe(200);
  const gzip = await api.send(EXTENSION, { headers: { "accept-encoding": "gzip" } });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
});

test.each([...STORED, "/api/v1/nothing", "/api/v1/extensions/acme/unknown"])(
  "%s: HEAD has the headers of GET and no body, also the second time",
  async (path) => {
    const get = await api.send(path);
    for (let time = 0; time < 2; time += 1) {
      const head = await api.send(path, { method: "HEAD" });
      expect([head.status, head.bytes.byteLength]).toEqual([get.status, 0]);
      const { "x-request-id": _one, date: _now, ...expected } = get.headers;
      const { "x-request-id": _other, date: _then, ...found } = head.headers;
      // Request ids differ and are part of a problem's body, so its length may differ by their growth.
      if (get.status === 200) expect(found).toEqual(expected);
      else expect(Object.keys(found)).toEqual(Object.keys(expected));
    }
  },
);

test.each([
  ["/v2/extensions/marketplace.json", "application/json; charset=utf-8", undefined],
  ["/api/v1/exports/docker-desktop/extensions.txt", "text/plain; charset=utf-8", "extensions.txt"],
  [
    "/api/v1/exports/docker-desktop/admin-settings.json",
    "application/json; charset=utf-8",
    "admin-settings.json",
  ],
  ["/api/v1/exports/rancher-desktop/allowed.json", "application/json; charset=utf-8", "allowed.json"],
  ["/api/v1/exports/podman-desktop/extensions.json", "application/json; charset=utf-8", undefined],
])("%s says what it is, what it leaves out, and that every origin may read it", async (path, type, file) => {
  const { status, headers } = await api.send(path);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": type,
    "x-content-type-options": "nosniff",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": expect.stringContaining("X-Gantry-Omitted"),
    "x-gantry-omitted": expect.stringMatching(/^[0-9]+$/),
  });
  expect(headers["content-disposition"]).toBe(file && `attachment; filename="${file}"`);
});

test("a badge of what is not listed is a picture with status 404", async () => {
  const { status, headers, text } = await api.send("/api/v1/extensions/acme/unknown/-/badge.svg");
  expect([status, headers["content-type"]]).toEqual([404, "image/svg+xml; charset=utf-8"]);
  expect(text).toContain("not listed");
});

test("an answer that changed has another ETag, and the answers beside it keep theirs", async () => {
  const etags = async () =>
    Promise.all(
      [EXTENSION, `/api/v1/extensions/${LOCAL}`, "/api/v1/categories"].map(
        async (path) => (await api.send(path)).headers.etag,
      ),
    );
  const [extension, ...others] = await etags();
  const snapshot = Number((await api.send(EXTENSION)).headers["gantry-snapshot"]);
  const original = extensionRecord("docker.io/acme/logs", { versions: [versionRecord("3.0.0")] });
  const revision = await writeExtensions(api.db, original);
  await api.catalog.reached(revision);
  const [changed, ...same] = await etags();
  expect(changed).not.toBe(extension);
  expect(same.slice(0, 1)).toEqual(others.slice(0, 1));
  expect(Number((await api.send(EXTENSION)).headers["gantry-snapshot"])).toBeGreaterThan(snapshot);
});

test("a picture is served from here, immutable, and does nothing in a browser", async () => {
  const sha256 = "ab".repeat(32);
  const bytes = new Uint8Array([137, 80, 78, 71]);
  await api.db.prisma.media.create({ data: { sha256, contentType: "image/png", bytes } });
  const answer = await api.send(`/api/v1/media/${sha256}`);
  expect([...answer.bytes]).toEqual([...bytes]);
  expect(answer.headers).toMatchObject({
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    etag: `"${sha256}"`,
  });
  const headers = { "if-none-match": `"${sha256}"` };
  expect((await api.send(`/api/v1/media/${sha256}`, { headers })).status).toBe(304);
  for (const wrong of ["cd".repeat(32), "x", "AB".repeat(32), `..%2f${sha256}`])
    expect((await api.send(`/api/v1/media/${wrong}`)).status).toBe(404);
});
