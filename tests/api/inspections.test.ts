import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preflightAnswerSchema } from "@/lib/api/schemas/inspection";
import { ANONYMOUS } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { purgeSharedPreflights, readSharedPreflight } from "@/lib/marketplace/preflight/shared-preflight";
import { type Answer, startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let hostile: HostileRegistry;
let gantry: TestGantry;
let name: string;
let digest: string;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  hostile = await startHostileRegistry();
  gantry = await startTestGantry({
    GANTRY_ALLOWED_ORIGINS: "https://docs.example",
    GANTRY_REGISTRIES: `${registry.registries},${hostile.url}`,
  });
  name = `${registry.host}/acme/disk-lens`;
  await pushExtension(registry, "acme/disk-lens", "1.0.0", {
    labels: { "org.opencontainers.image.title": "Old" },
  });
  ({ digest } = await pushExtension(registry, "acme/disk-lens", "1.1.0"));
  await pushExtension(registry, "acme/disk-lens", "latest");
});

afterAll(async () => {
  await gantry?.close();
  await hostile?.stop();
  await registry?.stop();
});

function check(reference: unknown, extra: object = {}): Promise<Answer> {
  return gantry.admin("POST", "/api/v1/inspections", { reference, ...extra });
}

type Event = { event: string; data: Record<string, unknown> };

async function events(body: object): Promise<Event[]> {
  const headers = { accept: "text/event-stream" };
  const answer = await gantry.admin("POST", "/api/v1/inspections", body, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const text: string = answer.body;
  return text.split("\n\n").flatMap((block) => {
    const [, event = "", data = ""] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
    return event === "" ? [] : [{ event, data: JSON.parse(data) }];
  });
}

test("nobody needs an account, and the whole report comes as it is described", async () => {
  const answer = await gantry.anonymous("POST", "/api/v1/inspections", { reference: `${name}:1.0.0` });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual(preflightAnswerSchema.parse(answer.body));
  expect(answer.body).toMatchObject({
    repository: name,
    tag: "1.0.0",
    version: "1.0.0",
    outcome: "pass",
    title: "Old",
    requirement: { readings: { minimum: ">= 0.3.4", exact: ">= 0.3.4" }, minimumDesktop: expect.any(String) },
    metadata: { proof: "full" },
    shared: null,
  });
  expect(answer.body.reference).toBe(`${name}@${answer.body.digest}`);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test.each([
  ["the greatest version of a repository", () => name, { tag: "1.1.0", version: "1.1.0" }],
  ["what a command names", () => `docker pull ${name}:1.1.0`, { tag: "1.1.0" }],
  ["a digest, without a tag", () => `${name}@${digest}`, { tag: null, version: null }],
  ["a tag that is no version, and says so", () => `${name}:latest`, { tag: "latest", outcome: "needs_you" }],
])("%s is looked at", async (_what, reference, expected) => {
  expect(await check(reference())).toMatchObject({ status: 200, body: { outcome: "pass", ...expected } });
});

test.each<[string, unknown, object]>([
  ["no reference", undefined, { status: 400, body: { code: "invalid_input" } }],
  ["an empty one", "", { status: 400, body: { code: "invalid_input" } }],
  ["no text", { $ne: 1 }, { status: 400, body: { code: "invalid_input" } }],
  ["words", "please check my image", { status: 400, body: { code: "repository_invalid" } }],
  ["another registry", "ghcr.io/acme/lens", { status: 422, body: { code: "registry_not_allowed" } }],
  [
    "a private address",
    "http://169.254.169.254/latest",
    { status: 422, body: { code: "registry_not_allowed" } },
  ],
])("%s is refused with the next step", async (_what, reference, expected) => {
  const answer = await check(reference);
  expect(answer).toMatchObject(expected);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(answer.body.suggestion).not.toBe("");
});

test("pages of a named origin may ask, without credentials", async () => {
  const path = "/api/v1/inspections";
  const origin = { origin: "https://docs.example" };
  const asked = await gantry.anonymous("OPTIONS", path, undefined, origin);
  expect(asked.status).toBe(204);
  expect(Object.fromEntries(asked.headers)).toMatchObject({
    "access-control-allow-origin": "https://docs.example",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "accept, content-type, if-none-match",
    vary: "origin",
  });
  expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
  const site = { ...origin, "sec-fetch-site": "cross-site" };
  const answer = await gantry.anonymous("POST", path, { reference: `${name}:1.0.0` }, site);
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([
    200,
    "https://docs.example",
  ]);
  for (const other of ["/api/v1/setup", "/api/v1/invitations/accept"]) {
    const closed = await gantry.anonymous("OPTIONS", other, undefined, origin);
    expect(closed.headers.get("access-control-allow-origin")).toBeNull();
  }
});

test.each([
  ["another website", { origin: "https://evil.example" }],
  ["a page that hides where it comes from", { origin: "null" }],
  ["a browser that only names the relation", { "sec-fetch-site": "cross-site" }],
  [
    "a simple request that no preflight precedes",
    { origin: "https://evil.example", "content-type": "text/plain" },
  ],
])("%s spends nobody's quota and reads nothing", async (_what, headers) => {
  for (const path of ["/api/v1/inspections", "/api/v1/setup", "/api/v1/invitations/accept"]) {
    const asked = await gantry.anonymous("OPTIONS", path, undefined, headers);
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    expect(asked.headers.get("access-control-allow-methods")).toBeNull();
    const answer = await gantry.anonymous("POST", path, { reference: `${name}:1.0.0` }, headers);
    expect(answer).toMatchObject({ status: 403, body: { code: "cross_origin" } });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("Gantry's own pages may ask", async () => {
  const own = { origin: gantry.url, "sec-fetch-site": "same-origin" };
  const answer = await gantry.anonymous("POST", "/api/v1/inspections", { reference: `${name}:1.0.0` }, own);
  expect(answer.status).toBe(200);
});

test("what the registry lacks is told as such", async () => {
  expect(await check(`${name}:9.9.9`)).toMatchObject({ status: 404, body: { code: "reference_not_found" } });
  const nobody = await check(`${registry.host}/acme/nobody`);
  expect(nobody).toMatchObject({ status: 404, body: { code: "repository_not_found" } });
});

test("a body beyond the limit is not read", async () => {
  expect(await check("a".repeat(80_000))).toMatchObject({ status: 413, body: { code: "body_too_large" } });
});

describe("as events", () => {
  test("steps come as they end, and then the report", async () => {
    const all = await events({ reference: name });
    const steps = all.filter(({ event }) => event === "progress").map(({ data }) => data.step);
    expect(steps.slice(0, 5)).toEqual(["reference", "image", "labels", "metadata_provisional", "metadata"]);
    expect(all[3]?.data).toMatchObject({ title: "Disk Lens", capabilities: { ui: true }, findings: [] });
    expect(all[4]?.data).toMatchObject({ provisional: "confirmed" });
    expect(all[0]?.data).toMatchObject({ repository: name, tag: "1.1.0" });
    expect(all.at(-1)).toMatchObject({ event: "report", data: { digest, outcome: "pass" } });
    expect(all.filter(({ event }) => event !== "progress")).toHaveLength(1);
  });

  test.each([
    ["the publisher's", () => `${name}:9.9.9`, { code: "reference_not_found", owner: "publishers" }],
    ["ours", () => `${hostile.host}/acme/broken:1.0.0`, { code: "registry_error", owner: "ours" }],
  ])("a problem ends them and says whose it is: %s", async (_whose, reference, expected) => {
    hostile.on(/broken/, { status: 500 });
    const all = await events({ reference: reference() });
    expect(all.at(-1)).toMatchObject({
      event: "problem",
      data: { ...expected, suggestion: expect.any(String) },
    });
  });

  test("a question that makes no sense is refused before they begin", async () => {
    const headers = { accept: "text/event-stream" };
    const answer = await gantry.admin("POST", "/api/v1/inspections", { reference: "a b c" }, headers);
    expect(answer).toMatchObject({ status: 400, body: { code: "repository_invalid" } });
  });
});

test.each(["application/json", "text/event-stream"])(
  "a client that goes away stops the work (%s)",
  async (accept) => {
    const path = `/v2/acme/slow-${accept.length}/manifests/1.0.0`;
    let asked: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let closed = false;
    hostile.on(path, async (request) => {
      asked();
      await once(request.socket, "close");
      closed = true;
      return undefined;
    });
    const leaving = new AbortController();
    const answer = fetch(`${gantry.url}/api/v1/inspections`, {
      method: "POST",
      signal: leaving.signal,
      headers: { accept, "content-type": "application/json", authorization: `Bearer ${gantry.adminToken}` },
      body: JSON.stringify({ reference: `${hostile.host}/acme/slow-${accept.length}:1.0.0` }),
    });
    await begun;
    leaving.abort();
    await answer.then((response) => response.text()).catch(() => undefined);
    await waitFor(async () => closed, Boolean);
  },
);

describe("a link", () => {
  test("leads to the report for a day, and not longer", async () => {
    const answer = await check(name, { share: true });
    const { path, expiresAt } = answer.body.shared;
    expect(path).toMatch(/^\/check\/[A-Za-z0-9_-]{24}$/);
    const id = path.slice("/check/".length);
    const now = { ...services.get(), actor: ANONYMOUS };
    expect(await readSharedPreflight(now, { id })).toMatchObject({ tag: "1.1.0", report: { digest } });
    const later = { ...now, clock: { now: () => new Date(Date.parse(expiresAt)) } };
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 60 * 60 * 1000);
    await expect(readSharedPreflight(later, { id })).rejects.toMatchObject({ code: "not_found" });
    expect(await purgeSharedPreflights(now)).toBe(0);
    expect(await purgeSharedPreflights(later)).toBe(1);
    await expect(readSharedPreflight(now, { id })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a network may check ten images a minute without an account", async () => {
  const answers: Answer[] = [];
  for (let at = 0; at < 11; at += 1) {
    answers.push(await gantry.anonymous("POST", "/api/v1/inspections", { reference: "nothing" }));
  }
  const last = answers.at(-1);
  expect(last).toMatchObject({ status: 429, body: { code: "too_many_requests" } });
  expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await check(name)).status).toBe(200);
});
