import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import { type RunningServer, startServer } from "@/tests/support/servers/running-server";

let registry: DistributionRegistry;
let server: RunningServer;
let token: string;
let name: string;

const CHOSEN = { cookie: "gantry-host=4.18.0~arm64" };

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  server = await startServer({ GANTRY_REGISTRIES: registry.registries });
  name = `${registry.host}/acme/disk-lens`;
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  const set = { token: new URL(server.setupLink).searchParams.get("token"), name: "Ada Lovelace" };
  const account = { email: "ada@acme.example", password: "correct horse battery" };
  token = (await api("POST", "/setup", { ...set, ...account })).token;
  const { id } = await api("POST", "/submissions", { repository: name });
  const checked = await waitFor(
    () => api("GET", `/submissions/${id}`),
    ({ state }) => state !== "checking",
  );
  const decision = { decision: "approve", expectedDigest: checked.candidate.digest };
  await api("POST", `/submissions/${id}/decision`, decision);
});

afterAll(async () => {
  await server?.stop();
  await registry?.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of what came back
async function api(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
  return answer.json();
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}${path}`, { headers });
  const policy = answer.headers.get("content-security-policy") ?? "";
  const html = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    html,
    isKept: answer.headers.get("cache-control") === "private, no-cache",
    policyNonces: [...policy.matchAll(/'nonce-([^']+)'/g)].map(([, nonce]) => nonce),
    /** In attributes, and in what Next's scripts are told. */
    pageNonces: [...html.matchAll(/\bnonce\\?"?[=:]\\?"([^"\\]*)/g)].map(([, nonce]) => nonce),
  };
}

const PAGES = [
  ["the catalog", () => "/"],
  ["a search", () => "/?q=disk"],
  ["an extension", () => `/extensions/${name}`],
  ["a version", () => `/extensions/${name}/-/versions/1.0.0`],
  ["the allow-list", () => "/allow-list"],
] as const;

test.each(PAGES)(
  "%s has another nonce in each answer, which is the policy's everywhere in the page",
  async (_what, path) => {
    const evil = { "content-security-policy": "script-src 'nonce-evil'", "x-nonce": "evil" };
    const answers = [await get(path(), evil), await get(path(), evil), await get(path())];
    for (const { status, isKept, policyNonces, pageNonces, html } of answers) {
      expect({ status, isKept }).toEqual({ status: 200, isKept: true });
      expect(pageNonces.length).toBeGreaterThan(5);
      expect(new Set([...policyNonces, ...pageNonces]).size).toBe(1);
      expect(html).not.toContain("evil");
      expect(html).toContain("Sign in");
    }
    expect(new Set(answers.flatMap(({ policyNonces }) => policyNonces)).size).toBe(3);
    expect(
      new Set(answers.map(({ html, pageNonces }) => html.replaceAll(pageNonces[0] ?? "", ""))).size,
    ).toBe(1);
  },
);

test.each(PAGES)(
  "%s is the same page compressed and plain, from memory and from Next",
  async (_what, path) => {
    const same = ({ html, pageNonces }: Awaited<ReturnType<typeof get>>) =>
      html.replaceAll(pageNonces[0] ?? "", "").replaceAll("bypass=1", "");
    const [gzip, plain] = [
      await get(path(), { "accept-encoding": "gzip" }),
      await get(path(), { "accept-encoding": "identity" }),
    ];
    expect(gzip.headers.get("content-encoding")).toBe("gzip");
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(same(gzip)).toBe(same(plain));
    const fromNext = await get(`${path()}${path().includes("?") ? "&" : "?"}bypass=1`);
    expect(fromNext.isKept).toBe(false);
    const scripts = (html: string) => html.match(/<script/g)?.length;
    expect(scripts(fromNext.html)).toBe(scripts(plain.html));
  },
);

test("a request that carries a session gets a page of its own that nobody keeps, and leaves nothing behind", async () => {
  const address = "/?category=utility-tools";
  for (const cookie of ["gantry-session=abc", "gantry-host=4.18.0~arm64; gantry-session=abc"]) {
    const { isKept, headers } = await get(address, { cookie });
    expect(isKept).toBe(false);
    expect(headers.get("cache-control")).toContain("no-store");
  }
  const { isKept, headers } = await get(address, { authorization: `Bearer ${token}` });
  expect([isKept, headers.get("cache-control")]).toEqual([false, "no-store"]);
});

test("one visitor's chosen Docker Desktop never shows for another", async () => {
  const path = `/extensions/${name}`;
  const [before, mine, after] = [await get(path), await get(path, CHOSEN), await get(path)];
  expect([before, mine, after].map(({ isKept }) => isKept)).toEqual([true, true, true]);
  expect(mine.html.includes("4.18 (arm64)")).toBe(true);
  for (const { html } of [before, after]) expect(html.includes("4.18 (arm64)")).toBe(false);
});

test.each([
  ["RSC", { rsc: "1" }, ""],
  ["a prefetch", { rsc: "1", "next-router-prefetch": "1" }, ""],
  ["RSC with the parameter that Next adds", { rsc: "1" }, "?_rsc=abc"],
])("%s is answered by Next, and the page stays a page for everyone else", async (_what, headers, query) => {
  const asked = await get(`/allow-list${query}`, headers);
  expect(asked.headers.get("content-type")).toBe("text/x-component");
  expect(asked.headers.get("cache-control")).toContain("no-store");
  const page = await get("/allow-list");
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("vary")).toMatch(/\bRSC\b/);
});

test.each([
  ["an extension that is not there", "/extensions/acme/nobody", 404],
  ["a page of somebody's own", "/sign-in", 200],
  ["the list at an instant", "/allow-list?at=2026-01-01T00:00:00Z", 200],
])("%s is answered by Next and is not kept", async (_what, path, status) => {
  for (const _again of [1, 2]) {
    const answer = await get(path);
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([status, "no-store"]);
  }
});

test("what was written shows within two seconds, to visitors who saw the page before", async () => {
  const path = `/extensions/${name}`;
  await get(path);
  await api("PATCH", path, { deprecated: { message: "Use Disk Lens Two instead.", replacement: null } });
  const shown = await waitFor(
    () => get(path),
    ({ html }) => html.includes("Use Disk Lens Two instead."),
  );
  expect(shown.isKept).toBe(true);
});
