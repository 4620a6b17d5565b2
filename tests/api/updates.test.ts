import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "@/lib/api/api";
import { createClientAddress } from "@/lib/api/requests/client-address";
import { updateItemSchema } from "@/lib/api/schemas/updates";
import { ROUTES } from "@/lib/api/table";
import { ANONYMOUS } from "@/lib/journal/actor";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { digestOf } from "@/tests/builders/inspection-report";
import { keptLog } from "@/tests/support/kept-log";
import { listen } from "@/tests/support/processes/listen";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";
import { send } from "@/tests/support/send";

let api: PublicApi;

const LEAKS = { code: "block_by_person", message: "It leaks." };
const OLD = versionRecord("1.0.0");
const NEW = versionRecord("1.2.0");
const NEEDS_DESKTOP = versionRecord("2.0.0", { report: { labels: { apiVersion: ">= 0.4.2" } } });
const YANKED = versionRecord("1.1.0", { visibility: "yanked", reason: LEAKS });
const BLOCKED = versionRecord("1.1.0", { visibility: "blocked", reason: LEAKS });

beforeAll(async () => {
  api = await startPublicApi();
  await writeReleases(api.db);
  const pin = { track: "pin", pinTag: "1.0.0", pinDigest: OLD.digest } as const;
  await writeExtensions(
    api.db,
    extensionRecord("docker.io/acme/lens", { versions: [OLD, NEW, YANKED], hiddenTags: ["1.1.5"] }),
    extensionRecord("docker.io/acme/gated", { versions: [NEW, NEEDS_DESKTOP] }),
    extensionRecord("docker.io/acme/bad", { versions: [OLD, { ...BLOCKED, blockLevel: "soft" }] }),
    extensionRecord("docker.io/acme/pinned", { versions: [OLD, NEW], entry: pin }),
    extensionRecord("docker.io/acme/moved", { versions: [OLD], movedTo: "docker.io/acme/lens" }),
    extensionRecord("docker.io/acme/suspended", { versions: [BLOCKED, OLD], entry: { state: "suspended" } }),
    extensionRecord("docker.io/acme/revoked", { versions: [OLD], entry: { state: "revoked" } }),
    extensionRecord("docker.io/acme/expired", { versions: [OLD], entry: { state: "expired" } }),
    extensionRecord("127.0.0.1:5000/acme/lens", {
      versions: [OLD],
      withdrawn: [
        {
          ...{ tag: "1.0.0", digest: digestOf("before"), visibility: "blocked", reason: LEAKS },
          ...{ blockLevel: "hard", platformDigests: [] },
        },
      ],
    }),
  );
  await api.catalog.refresh();
});

afterAll(() => api.close());

function post(body: unknown, headers: Record<string, string> = {}) {
  return api.send("/api/v1/updates", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

const CLIENT = { desktop: "4.18.0", arch: "arm64" };

/** Repository, tag and digest of an item; the action, the reason's code, and the target's tag. */
const MIXED: [unknown, string, string, string | null][] = [
  [{ repository: "acme/lens", tag: "1.2.0" }, "none", "up_to_date", null],
  [{ repository: "acme/lens", tag: "1.2.0", digest: NEW.digest }, "none", "up_to_date", null],
  [{ repository: "acme/lens", tag: "1.0.0" }, "update", "newer_version", "1.2.0"],
  [{ repository: "docker.io/acme/lens", tag: "v1.0.0" }, "update", "newer_version", "1.2.0"],
  [{ repository: "acme/gated", tag: "1.2.0" }, "none", "needs_desktop", null],
  [{ repository: "acme/lens", tag: "1.1.0" }, "yanked", "yanked", "1.2.0"],
  [{ repository: "acme/lens", tag: "1.1.5" }, "update", "newer_version", "1.2.0"],
  [{ repository: "acme/bad", tag: "1.1.0" }, "blocked", "blocked_soft", "1.0.0"],
  [{ repository: "acme/bad", tag: "3.0.0", digest: BLOCKED.digest }, "blocked", "blocked_soft", "1.0.0"],
  [{ repository: "acme/suspended", tag: "1.1.0" }, "blocked", "blocked_hard", null],
  [{ repository: "acme/moved", tag: "1.0.0" }, "moved", "moved", "1.2.0"],
  [{ repository: "acme/pinned", tag: "1.0.0" }, "none", "pinned", null],
  [{ repository: "acme/pinned", tag: "1.2.0" }, "none", "newer_than_allowed", null],
  [{ repository: "acme/lens", tag: "9.9.9" }, "none", "newer_than_offer", null],
  [{ repository: "acme/lens", tag: "1.1.7" }, "unknown", "tag_unknown", "1.2.0"],
  [
    { repository: "acme/lens", tag: "1.2.0", digest: digestOf("x") },
    "digest_differs",
    "digest_unknown",
    "1.2.0",
  ],
  [{ repository: "acme/suspended", tag: "1.0.0" }, "not_listed", "entry_suspended", null],
  [{ repository: "acme/nobody", tag: "1.0.0" }, "not_listed", "never_listed", null],
  [{ repository: "not a repository", tag: "1.0.0" }, "unknown", "malformed_repository", null],
  [{ tag: 1, extra: [{}] }, "unknown", "malformed_item", null],
];

describe("POST /api/v1/updates", () => {
  test("twenty mixed items get the right action each, in order", async () => {
    const answer = await post({ client: CLIENT, installed: MIXED.map(([item]) => item) });
    expect(answer.status).toBe(200);
    const { items, total, next } = answer.json() as { items: unknown[]; total: number; next: null };
    expect([total, next]).toEqual([20, null]);
    const parsed = items.map((item) => updateItemSchema.parse(item));
    expect(items).toEqual(parsed);
    expect(parsed.map(({ action, reason, target }) => [action, reason.code, target?.tag ?? null])).toEqual(
      MIXED.map(([, ...expected]) => expected),
    );
    for (const { target } of parsed)
      if (target) expect(target.reference).toBe(`${target.repository}@${target.digest}`);
  });

  test("a Desktop that is newer than every one on record gets offers by assumption, an API version surely", async () => {
    const ask = async (client: object) => {
      const answer = await post({ client, installed: [{ repository: "acme/gated", tag: "1.2.0" }] });
      return (answer.json() as { items: [{ target: unknown }] }).items[0].target;
    };
    expect(await ask({ desktop: "5.1", arch: "x86_64" })).toMatchObject({
      tag: "2.0.0",
      confidence: "assumed",
    });
    expect(await ask({ api: "0.4.2", arch: "amd64", os: "darwin" })).toMatchObject({
      confidence: "verified",
    });
    expect(await ask({ api: "0.9.0", arch: "amd64" })).toMatchObject({ tag: "2.0.0" });
  });

  test("no item and two hundred are answered, two hundred and one are refused", async () => {
    const item = { repository: "acme/lens", tag: "1.0.0" };
    const ask = (count: number) => post({ client: CLIENT, installed: Array(count).fill(item) });
    expect((await ask(0)).json()).toEqual({ items: [], total: 0, next: null });
    const full = await ask(200);
    expect([full.status, (full.json() as { total: number }).total]).toEqual([200, 200]);
    expect([(await ask(201)).status, (await ask(201)).json()]).toMatchObject([
      400,
      { code: "invalid_input" },
    ]);
  });

  test.each([
    ["no body", undefined],
    ["no client", { installed: [] }],
    ["no list", { client: CLIENT }],
    ["no architecture", { client: { desktop: "4.18.0" }, installed: [] }],
    ["no version", { client: { arch: "arm64" }, installed: [] }],
    ["both versions", { client: { ...CLIENT, api: "0.3.4" }, installed: [] }],
    ["no Desktop version", { client: { desktop: "new", arch: "arm64" }, installed: [] }],
    ["an unknown field", { client: CLIENT, installed: [], force: true }],
    ["an unknown channel", { client: { ...CLIENT, channel: "beta" }, installed: [] }],
    ["no JSON", "{"],
    ["a prototype", '{"__proto__":{},"installed":[]}'],
  ])("%s: 400 with the next step", async (_what, body) => {
    const answer = await post(body ?? "");
    expect([answer.status, answer.headers["content-type"]]).toEqual([
      400,
      "application/problem+json; charset=utf-8",
    ]);
    expect(answer.json()).toMatchObject({ suggestion: expect.any(String) });
  });

  test("a body over 64 KiB and one that is not JSON are refused as such", async () => {
    expect((await post(JSON.stringify({ client: CLIENT, installed: ["x".repeat(66_000)] }))).status).toBe(
      413,
    );
    expect((await post("a=b", { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  });

  test("every origin may ask, also after a preflight", async () => {
    const preflight = await api.send("/api/v1/updates", {
      method: "OPTIONS",
      headers: { origin: "https://acme.example", "access-control-request-method": "POST" },
    });
    expect([preflight.status, preflight.headers]).toMatchObject([
      204,
      {
        allow: "POST, OPTIONS",
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": expect.stringContaining("content-type"),
      },
    ]);
    const asked = await post({ client: CLIENT, installed: [] }, { origin: "https://acme.example" });
    expect(asked.headers).toMatchObject({ "access-control-allow-origin": "*", "cache-control": "no-store" });
    expect((await api.send("/api/v1/updates")).status).toBe(405);
  });
});

test("the blocklist names every blocked image once, with its copies, of extensions in every state", async () => {
  const answer = await api.send("/api/v1/blocklist");
  const entry = { platformDigests: expect.any(Array), reason: LEAKS, everyRepository: true };
  const copy = { repository: "acme/suspended", tag: "1.1.0", digest: BLOCKED.digest };
  expect(answer.json()).toEqual({
    items: [
      {
        repository: "127.0.0.1:5000/acme/lens",
        tag: "1.0.0",
        digest: digestOf("before"),
        level: "hard",
        copies: [],
        ...entry,
      },
      {
        ...{ repository: "acme/bad", tag: "1.1.0", digest: BLOCKED.digest, level: "soft" },
        copies: [copy],
        ...entry,
      },
    ],
    total: 2,
    next: null,
  });
});

test("a block shows in the very next answers", async () => {
  const ask = async () => {
    const answer = await post({ client: CLIENT, installed: [{ repository: "acme/late", tag: "1.0.0" }] });
    return (answer.json() as { items: [{ action: string }] }).items[0].action;
  };
  await api.catalog.reached(
    await writeExtensions(api.db, extensionRecord("docker.io/acme/late", { versions: [OLD] })),
  );
  expect(await ask()).toBe("none");
  expect((await api.send("/api/v1/blocklist")).text).not.toContain("acme/late");
  const blocked = { ...OLD, visibility: "blocked", blockLevel: "hard", reason: LEAKS } as const;
  await api.catalog.reached(
    await writeExtensions(api.db, extensionRecord("docker.io/acme/late", { versions: [blocked] })),
  );
  expect(await ask()).toBe("blocked");
  expect((await api.send("/api/v1/blocklist")).text).toContain("acme/late");
});

test("a network that asks too fast is told when to come back, and reads stay open to it", async () => {
  const slow = { perSecond: 0.01, burst: 3 };
  const routes = ROUTES.map((route) =>
    route.operationId === "checkUpdates" ? { ...route, limit: slow } : route,
  );
  const { catalog } = api;
  const { log } = keptLog("info");
  const own = createApi({
    catalog,
    authenticate: async () => ANONYMOUS,
    log,
    https: false,
    clientAddress: createClientAddress([]),
    routes,
  });
  const server = await listen(createServer((req, res) => void own.handle(req, res)));
  try {
    const ask = () =>
      send(server.origin, "/api/v1/updates", {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": "198.51.100.7" },
        body: JSON.stringify({ client: CLIENT, installed: [] }),
      });
    for (let count = 0; count < 3; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers).toMatchObject({
      "retry-after": expect.stringMatching(/^[1-9][0-9]?$|^100$/),
      "ratelimit-policy": '"network";q=3;w=300',
      ratelimit: expect.stringMatching(/^"network";r=0;t=[0-9]+$/),
      "access-control-allow-origin": "*",
    });
    expect(refused.json()).toMatchObject({ code: "too_many_requests", details: slow });
    expect((await send(server.origin, "/api/v1/blocklist")).status).toBe(200);
  } finally {
    await server.stop();
  }
});
