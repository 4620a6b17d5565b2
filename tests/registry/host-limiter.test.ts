import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { RegistryClient } from "@/lib/registry/client";
import { createHostLimiters, type HostLimiters } from "@/lib/registry/limiter/host-limiters";
import { sha256Digest } from "@/lib/registry/oci/verification";
import {
  type Answer,
  type Behavior,
  type HostileRegistry,
  startHostileRegistry,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

const TAGS = "/v2/acme/disk-lens/tags/list";
const START_MS = Date.parse("2026-11-20T12:00:00Z");
const GOOD: Answer = { body: '{"tags":["1.0.0"]}' };

let server: HostileRegistry;
let nowMs: number;
let gates: HostLimiters;
let open: OpenClient;
let background: RegistryClient;
let anonymous: RegistryClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  nowMs = START_MS;
  gates = createHostLimiters({ now: () => nowMs });
  open = openAnother(server.url);
  background = open.client.prioritized("background");
  anonymous = open.client.prioritized("anonymous");
});
afterEach(async () => {
  await open.close();
  await server.stop();
});

const openAnother = (registries: string) => openClient(registries, { now: () => nowMs, gates });
const repository = (name = "disk-lens") => repositoryOfName(`${server.host}/acme/${name}`);
const list = (client = open.client, name = "disk-lens") => client.tags(repository(name));

/** However busy the machine is. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

/** Moves the time to so many seconds after the start. */
function at(seconds: number): void {
  nowMs = START_MS + seconds * 1000;
}

describe("a host that asks to wait", () => {
  test.each<[name: string, answer: Answer, seconds: number]>([
    ["seconds", { status: 429, headers: { "retry-after": "120" } }, 120],
    ["an HTTP date", { status: 429, headers: { "retry-after": "Fri, 20 Nov 2026 12:05:00 GMT" } }, 300],
    ["garbage", { status: 429, headers: { "retry-after": "soon" } }, 60],
    ["more than six hours", { status: 429, headers: { "retry-after": "1000000000" } }, 21_600],
    ["a past date", { status: 429, headers: { "retry-after": "Fri, 20 Nov 2020 12:05:00 GMT" } }, 1],
    ["Docker Hub's Unix time", { status: 429, headers: { "x-retry-after": `${START_MS / 1000 + 30}` } }, 30],
    ["nothing", { status: 429 }, 60],
    ["503 with seconds", { status: 503, headers: { "retry-after": "90" } }, 90],
  ])("with %s gets no request before then, from any caller", async (_name, answer, seconds) => {
    const other = openAnother(server.url);
    server.on(TAGS, answer, GOOD);
    await expect(list()).rejects.toMatchObject({ retryAfterSeconds: seconds });
    const connections = server.connections();
    for (const second of [0, seconds / 2, seconds - 0.001]) {
      at(second);
      for (const client of [open.client, background, other.client]) {
        await expect(list(client)).rejects.toMatchObject({
          code: "registry_rate_limited",
          retryable: true,
          retryAfterSeconds: Math.max(1, Math.ceil(seconds - second)),
          details: { until: new Date(START_MS + seconds * 1000).toISOString() },
        });
      }
    }
    expect([server.requests.length, server.connections()]).toEqual([1, connections]);
    at(seconds);
    expect((await list(other.client)).tags).toEqual(["1.0.0"]);
    await other.close();
  });

  test("keeps away those that already stood in its queue", async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.on(/./, async () => {
      await released;
      return { status: 429, headers: { "retry-after": "120" } };
    });
    const asked = Array.from({ length: 30 }, (_, at) => list(open.client, `r${at}`));
    const outcome = Promise.allSettled(asked);
    await soon(() => expect(server.requests).toHaveLength(12));
    release();
    for (const each of await outcome)
      expect(each).toMatchObject({ reason: { code: "registry_rate_limited" } });
    expect(server.requests).toHaveLength(12);
  });

  test("does not affect another host", async () => {
    const calm = await startHostileRegistry();
    calm.on(TAGS, GOOD);
    const both = openAnother(`${server.url},${calm.url}`);
    server.on(TAGS, { status: 429 });
    await expect(list(both.client)).rejects.toMatchObject({ code: "registry_rate_limited" });
    const { tags } = await both.client.tags(repositoryOfName(`${calm.host}/acme/disk-lens`));
    expect(tags).toEqual(["1.0.0"]);
    await both.close();
    await calm.stop();
  });

  test("is reported to the operator", async () => {
    const onClosed = vi.fn();
    await open.close();
    gates = createHostLimiters({ now: () => nowMs, onClosed });
    open = openAnother(server.url);
    server.on(TAGS, { status: 429, headers: { "retry-after": "120" } });
    await expect(list()).rejects.toMatchObject({ code: "registry_rate_limited" });
    const view = { host: server.host, waitUntilMs: START_MS + 120_000 };
    expect(onClosed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(view));
    expect(gates.view()).toEqual([{ ...view, requestsNow: 0 }]);
  });

  test("503 without a time is an ordinary failure", async () => {
    server.on(TAGS, { status: 503 }, GOOD);
    expect((await list()).tags).toEqual(["1.0.0"]);
  });
});

describe("what a registry still grants", () => {
  /** Docker Hub: each answer says how much is left of 100. */
  function grant(remaining: number): { left: () => number } {
    let left = remaining;
    server.on(TAGS, () => {
      left -= 1;
      const headers = { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": `${left};w=21600` };
      return { ...GOOD, headers };
    });
    return { left: () => left };
  }

  test("background work leaves the last tenth to people, however much of it starts together", async () => {
    const granted = grant(15);
    await list(background);
    await Promise.allSettled(Array.from({ length: 20 }, () => list(background)));
    await Promise.allSettled(Array.from({ length: 20 }, () => list(background)));
    expect(granted.left()).toBe(10);
    await expect(list(background)).rejects.toMatchObject({
      code: "registry_rate_limited",
      message: expect.stringContaining("allows 10 more of 100"),
    });
    for (let left = 9; left >= 0; left -= 1) {
      await list();
      expect(granted.left()).toBe(left);
    }
    expect(gates.view()).toMatchObject([{ allowance: { limit: 100, remaining: 0 } }]);
  });

  test("after a quarter of an hour background work looks again, one request at a time", async () => {
    const granted = grant(11);
    await list(background);
    at(899);
    await expect(list(background)).rejects.toMatchObject({ retryAfterSeconds: 1 });
    at(900);
    const again = await Promise.allSettled(Array.from({ length: 10 }, () => list(background)));
    expect(again.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(granted.left()).toBe(9);
    at(1800);
    server.on(TAGS, {
      ...GOOD,
      headers: { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "99;w=21600" },
    });
    await list(background);
    await Promise.all(Array.from({ length: 10 }, () => list(background)));
  });

  test("strangers leave half to everyone else, however many of them ask together", async () => {
    const granted = grant(55);
    await list(anonymous);
    await Promise.allSettled(Array.from({ length: 20 }, () => list(anonymous)));
    expect(granted.left()).toBe(50);
    await expect(list(anonymous)).rejects.toMatchObject({
      code: "registry_rate_limited",
      message: expect.stringContaining("Checks without an account"),
      suggestion: expect.stringContaining("Sign in"),
    });
    await list(background);
    await list();
    expect(granted.left()).toBe(48);
  });

  test.each([
    [{ "ratelimit-remaining": "0;w=21600" }],
    [{ "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "none" }],
    [{ "ratelimit-limit": "-1", "ratelimit-remaining": "-1" }],
    [{ "ratelimit-limit": "1e9", "ratelimit-remaining": "" }],
  ])("%j says nothing", async (headers) => {
    server.on(TAGS, { ...GOOD, headers });
    await list(background);
    expect((await list(background)).tags).toEqual(["1.0.0"]);
  });
});

describe("strangers", () => {
  test("have a fixed budget in six hours, which takes nothing from anybody else", async () => {
    server.on(TAGS, GOOD);
    for (let count = 0; count < 600; count += 1) await list(anonymous);
    await expect(list(anonymous)).rejects.toMatchObject({
      code: "registry_rate_limited",
      retryAfterSeconds: 21_600,
    });
    expect(server.requests).toHaveLength(600);
    await list(background);
    await list();
    at(21_599);
    await expect(list(anonymous)).rejects.toMatchObject({ retryAfterSeconds: 1 });
    at(21_600);
    await list(anonymous);
  });

  test("share a third of the slots, and come after everyone else", async () => {
    const waiting: (() => void)[] = [];
    server.on(TAGS, async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return GOOD;
    });
    const strangers = Array.from({ length: 12 }, () => list(anonymous));
    await soon(() => expect(waiting).toHaveLength(4));
    const scans = Array.from({ length: 6 }, () => list(background));
    await soon(() => expect(waiting).toHaveLength(10));
    const people = Array.from({ length: 2 }, () => list());
    await soon(() => expect(waiting).toHaveLength(12));
    const all = Promise.all([...strangers, ...scans, ...people]);
    while ((await Promise.race([all.then(() => true), sleep(5)])) !== true) {
      for (const go of waiting.splice(0)) go();
    }
  });
});

describe("a host that keeps failing", () => {
  const failing: [name: string, break_: () => void][] = [
    ["500", () => server.on(TAGS, { status: 500 })],
    ["522", () => server.on(TAGS, { status: 522 })],
    [
      "a connection that breaks in the body",
      () =>
        server.on(TAGS, (_request, response) => {
          response.writeHead(200, { "content-length": 100 });
          response.write("{", () => response.socket?.destroy());
          return undefined;
        }),
    ],
  ];

  test.each(failing)("%s: five times in a row, then it is left alone", async (_name, breakIt) => {
    breakIt();
    while (server.requests.length < 5) await expect(list()).rejects.toBeDefined();
    await expect(list(open.client, "other")).rejects.toMatchObject({
      code: "registry_unreachable",
      retryable: true,
      retryAfterSeconds: 5,
      message: expect.stringContaining("failed 5 times in a row"),
    });
    expect(server.requests).toHaveLength(5);
  });

  test("one request at a time finds out whether it is back, with longer and longer pauses", async () => {
    server.on(TAGS, { status: 500 });
    const attempt = () => Promise.allSettled(Array.from({ length: 10 }, () => list()));
    for (let call = 0; call < 5; call += 1) await expect(list()).rejects.toBeDefined();
    let second = 0;
    for (const pause of [5, 10, 20, 40, 80, 160, 320, 600, 600]) {
      const before = server.requests.length;
      at(second + pause - 0.001);
      await attempt();
      expect(server.requests).toHaveLength(before);
      second += pause;
      at(second);
      await attempt();
      expect(server.requests).toHaveLength(before + 1);
    }
    server.on(TAGS, GOOD);
    at(second + 600);
    await Promise.all(Array.from({ length: 10 }, () => list()));
  });

  test("answers in between, and refusals, start the count again", async () => {
    const bad: Answer = { status: 500 };
    server.on(TAGS, bad, bad, bad, bad, { status: 404 }, bad, bad, bad, bad, GOOD);
    for (let call = 0; call < 9; call += 1) await expect(list()).rejects.toBeDefined();
    expect((await list()).tags).toEqual(["1.0.0"]);
  });

  test("callers that give up prove nothing", async () => {
    server.on(TAGS, () => undefined);
    for (let call = 0; call < 6; call += 1) {
      const controller = new AbortController();
      const listing = open.client.tags(repository(), { signal: controller.signal });
      await soon(() => expect(server.requests).toHaveLength(call + 1));
      controller.abort(new Error("enough"));
      await expect(listing).rejects.toThrow("enough");
    }
    server.on(TAGS, GOOD);
    expect((await list()).tags).toEqual(["1.0.0"]);
  });
});

describe("a token server", () => {
  let tokens: HostileRegistry;

  beforeEach(async () => {
    tokens = await startHostileRegistry();
    await open.close();
    open = openAnother(`${server.url},${tokens.url}`);
    const challenge = `Bearer realm="${tokens.url}/token",service="x"`;
    server.on(/tags.list$/, ({ headers }) =>
      headers.authorization === "Bearer good"
        ? GOOD
        : { status: 401, headers: { "www-authenticate": challenge } },
    );
  });
  afterEach(() => tokens.stop());

  /** Issues a token unless the repository is one of these. */
  const failFor = (isFailing: (name: string) => boolean, answer: Behavior = { status: 500 }) =>
    tokens.on("/token", (request, response) => {
      const scope = new URL(request.url ?? "", tokens.url).searchParams.get("scope") ?? "";
      if (!isFailing(scope.split(/[/:]/)[2] ?? "")) return { body: '{"token":"good"}' };
      return typeof answer === "function" ? answer(request, response) : answer;
    });
  const askedFor = (name: string) =>
    tokens.requests.filter(({ url }) => url.includes(encodeURIComponent(`acme/${name}:`))).length;

  test("that fails for one repository does not stop its neighbors, and is left alone about that one", async () => {
    failFor((name) => name === "broken");
    for (let call = 0; call < 20; call += 1) await expect(list(open.client, "broken")).rejects.toBeDefined();
    expect(askedFor("broken")).toBe(5);
    await expect(list(open.client, "broken")).rejects.toMatchObject({
      code: "registry_unreachable",
      message: expect.stringContaining("5 times in a row for acme/broken"),
      retryAfterSeconds: 5,
    });
    for (let number = 0; number < 10; number += 1)
      expect((await list(open.client, `healthy${number}`)).tags).toEqual(["1.0.0"]);
    at(5);
    failFor(() => false);
    expect((await list(open.client, "broken")).tags).toEqual(["1.0.0"]);
  });

  test("that fails for several in turn is left alone by all of them", async () => {
    failFor(() => true);
    for (let call = 0; call < 10; call += 1)
      await expect(list(open.client, `broken${call}`)).rejects.toBeDefined();
    expect(tokens.requests).toHaveLength(5);
    failFor(() => false);
    await expect(list(open.client, "healthy")).rejects.toMatchObject({
      message: expect.stringContaining(`${tokens.host} failed 5 times in a row`),
    });
    at(5);
    expect((await list(open.client, "healthy")).tags).toEqual(["1.0.0"]);
  });

  test("that stays down is probed with longer and longer pauses, whichever repository asks", async () => {
    failFor(() => true);
    for (let call = 0; call < 5; call += 1)
      await expect(list(open.client, `broken${call}`)).rejects.toBeDefined();
    let second = 0;
    for (const pause of [5, 10, 20, 40]) {
      second += pause;
      at(second - 0.001);
      const before = tokens.requests.length;
      await expect(list(open.client, "broken0")).rejects.toBeDefined();
      expect(tokens.requests).toHaveLength(before);
      at(second);
      await expect(list(open.client, "broken0")).rejects.toBeDefined();
      expect(tokens.requests).toHaveLength(before + 1);
    }
  });

  test("that does not answer at all is left alone at once, even for one repository", async () => {
    failFor(
      () => true,
      (_request, response) => {
        response.socket?.destroy();
        return undefined;
      },
    );
    while (tokens.requests.length < 5) await expect(list(open.client, "broken")).rejects.toBeDefined();
    await expect(list(open.client, "healthy")).rejects.toMatchObject({ code: "registry_unreachable" });
    expect(tokens.requests).toHaveLength(5);
  });

  test("that rate-limits pauses itself for exactly as long, for every repository", async () => {
    failFor((name) => name === "limited", { status: 429, headers: { "retry-after": "120" } });
    await expect(list(open.client, "limited")).rejects.toMatchObject({ retryAfterSeconds: 120 });
    at(119.9);
    await expect(list(open.client, "healthy")).rejects.toMatchObject({ code: "registry_rate_limited" });
    expect(tokens.requests).toHaveLength(1);
    at(120);
    expect((await list(open.client, "healthy")).tags).toEqual(["1.0.0"]);
  });
});

describe("places at a host", () => {
  let waiting: (() => void)[];
  /** Answers only when the test says so. */
  const hold = async (): Promise<Answer> => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return GOOD;
  };
  const release = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  const askedFor = () => server.requests.map(({ url }) => url.split("/")[3] ?? "");

  beforeEach(() => {
    waiting = [];
    server.on(/./, hold);
  });

  test("twelve at once, ten of them for background work", async () => {
    const scans = Array.from({ length: 22 }, (_, at) => list(background, `scan${at}`));
    await soon(() => expect(server.requests).toHaveLength(10));
    const checks = Array.from({ length: 5 }, (_, at) => list(open.client, `check${at}`));
    await soon(() => expect(server.requests).toHaveLength(12));
    await sleep(30);
    expect(gates.view()).toMatchObject([{ requestsNow: 12 }]);
    release();
    await soon(() => expect(server.requests).toHaveLength(24));
    // The next twelve: the people, and scans in what they leave. What is sent together arrives in any order.
    const isCheck = (name: string) => name.startsWith("check");
    expect(askedFor().slice(0, 10).some(isCheck)).toBe(false);
    expect(askedFor().filter(isCheck)).toHaveLength(5);
    release();
    await soon(() => expect(server.requests).toHaveLength(27));
    release();
    await Promise.all([...scans, ...checks]);
  });

  test("a host that is slow does not take the places of another", async () => {
    const quick = await startHostileRegistry();
    quick.on(TAGS, GOOD);
    const both = openAnother(`${server.url},${quick.url}`);
    const slow = Array.from({ length: 30 }, () => list(both.client));
    await soon(() => expect(server.requests).toHaveLength(12));
    const fast = () => both.client.tags(repositoryOfName(`${quick.host}/acme/disk-lens`));
    await Promise.all(Array.from({ length: 30 }, fast));
    server.on(/./, GOOD);
    release();
    await Promise.all(slow);
    await both.close();
    await quick.stop();
  });

  test("who gives up in the queue leaves it, and nothing is sent", async () => {
    const running = Array.from({ length: 12 }, () => list());
    await soon(() => expect(server.requests).toHaveLength(12));
    const controller = new AbortController();
    const late = open.client.tags(repository("late"), { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(late).rejects.toThrow("enough");
    release();
    await Promise.all(running);
    expect(askedFor()).not.toContain("late");
  });
});

test("a slot is released by a caller that reads, abandons or never starts a body", async () => {
  const bytes = Buffer.alloc(200_000, "x");
  const digest = sha256Digest(bytes);
  server.on(`/v2/acme/disk-lens/blobs/${digest}`, { body: bytes });
  const opened = () => open.client.openBlob(repository(), { digest, sizeBytes: bytes.length });
  for (let round = 0; round < 4; round += 1) {
    for await (const _ of await opened()) break;
    for await (const _ of await opened());
  }
  await soon(() => expect(gates.view()).toMatchObject([{ requestsNow: 0 }]));
  const impatient = openClient(server.url, { gates, limits: { totalTimeoutMs: 1500 } });
  await impatient.client.openBlob(repository(), { digest, sizeBytes: bytes.length });
  expect(gates.view()).toMatchObject([{ requestsNow: 1 }]);
  await soon(() => expect(gates.view()).toMatchObject([{ requestsNow: 0 }]));
  await impatient.close();
});

test("connections are kept and used again", async () => {
  server.on(TAGS, GOOD);
  for (let call = 0; call < 10; call += 1) await list();
  expect(server.connections()).toBeLessThan(3);
});

test("of very many hosts the oldest are forgotten, also of those that fail or ask us to wait, never one being asked", async () => {
  const few = createHostLimiters({ now: () => nowMs, hostsMax: 3 });
  const asked = await few.at("asked.example").enter("interactive", undefined);
  for (const name of ["one", "two", "three", "four"]) {
    const pass = await few.at(`${name}.example`).enter("interactive", undefined);
    pass.release("failed");
  }
  expect(few.view().map(({ host }) => host)).toEqual(["asked.example", "three.example", "four.example"]);
  const healthy = await few.at("healthy.example").enter("interactive", undefined);
  healthy.release("answered");
  await few.at("five.example").enter("interactive", undefined);
  expect(few.view().map(({ host }) => host)).toEqual(["asked.example", "four.example", "five.example"]);
  asked.release("answered");
});
