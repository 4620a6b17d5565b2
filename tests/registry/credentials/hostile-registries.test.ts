/** Stored credentials on the wire, against registries that want to have them. */

import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { AppError } from "@/lib/platform/errors";
import type { RegistryClient } from "@/lib/registry/client";
import { createHostLimiters } from "@/lib/registry/limiter/host-limiters";
import type { CredentialsOutcome, RegistryCredentials } from "@/lib/registry/registry-credentials";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import {
  credentialsOf,
  type OpenClient,
  type OpenClientOptions,
  openClient,
} from "@/tests/support/registries/registry-client";

const LOGIN = { username: "robot$team", password: "hunter2-äß" };
const BASIC = `Basic ${Buffer.from("robot$team:hunter2-äß").toString("base64")}`;
const TAGS = "/v2/team/tool/tags/list";
const FOUND = { body: '{"tags":["1.0.0"]}' };

let server: HostileRegistry;
let trap: HostileRegistry;
let outcomes: CredentialsOutcome[];
const opened: OpenClient[] = [];

beforeEach(async () => {
  server = await startHostileRegistry();
  trap = await startTrap();
  outcomes = [];
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await server.stop();
  await trap.stop();
});

const tool = () => repositoryOfName(`${server.host}/team/tool`);

function open(more: Partial<RegistryCredentials> = {}, options: OpenClientOptions = {}): RegistryClient {
  const made = openClient(`${server.url},${trap.url}`, {
    credentials: [credentialsOf(server.host, LOGIN, more)],
    onOutcome: (outcome) => outcomes.push(outcome),
    ...options,
  });
  opened.push(made);
  return made.client;
}

/** A token server that gives `secret` for the login, and `public` to everyone. */
function issuesTokens(): void {
  server.on("/token", ({ headers }) =>
    headers.authorization === undefined || headers.authorization === BASIC
      ? { body: JSON.stringify({ token: headers.authorization === BASIC ? "secret" : "public" }) }
      : { status: 401, body: `{"errors":[{"code":"UNAUTHORIZED","message":"${headers.authorization}"}]}` },
  );
}

/** The tag list, for these tokens. */
function accepts(...tokens: string[]): void {
  server.on(TAGS, ({ headers }) =>
    tokens.some((token) => headers.authorization === `Bearer ${token}`)
      ? FOUND
      : { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token",service="s"` } },
  );
}

const kinds = () => outcomes.map(({ kind }) => kind);
const sentTo = ({ requests }: HostileRegistry) => requests.map(({ headers }) => headers.authorization);

describe("who can use them", () => {
  beforeEach(() => {
    issuesTokens();
    accepts("secret");
  });

  test("the client that has them; its anonymous half sees nothing, also right afterwards", async () => {
    const client = open();
    await expect(client.tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(kinds()).toEqual(["accepted"]);
    const denied = { code: "registry_auth_required" };
    await expect(client.anonymous().tags(tool())).rejects.toMatchObject(denied);
    await expect(client.withCredentials({ all: [], report: () => {} }).tags(tool())).rejects.toMatchObject(
      denied,
    );
    await expect(client.tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(client.isAnonymous(tool())).toBe(false);
    expect(client.anonymous().isAnonymous(tool())).toBe(true);
  });

  test("a tag page that was read with them is not served to anonymous clients, even by 304", async () => {
    const client = open();
    server.on(TAGS, ({ headers }) =>
      headers["if-none-match"] !== undefined
        ? { status: 304 }
        : headers.authorization === "Bearer secret"
          ? { ...FOUND, headers: { etag: '"1"' } }
          : { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token"` } },
    );
    await client.tags(tool());
    await expect(client.tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(server.requests.at(-1)?.headers["if-none-match"]).toBe('"1"');
    await expect(client.anonymous().tags(tool())).rejects.toMatchObject({ code: "registry_auth_required" });
    const replaced = [credentialsOf(server.host, { ...LOGIN, password: "another" })];
    const other = client.withCredentials({ all: replaced, report: () => {} });
    await expect(other.tags(tool())).rejects.toMatchObject({ code: "registry_auth_failed" });
  });

  test.each([
    ["", true],
    ["team", true],
    ["team/tool", true],
    ["tea", false],
    ["team/too", false],
    ["other", false],
  ])("the namespace %j contains team/tool: %s", async (namespace, contains) => {
    const tags = open({ namespace }).tags(tool());
    if (contains) await expect(tags).resolves.toMatchObject({ tags: ["1.0.0"] });
    else await expect(tags).rejects.toMatchObject({ code: "registry_auth_required" });
    expect(sentTo(server).includes(BASIC)).toBe(contains);
  });

  test("another host never receives them", async () => {
    const elsewhere = repositoryOfName(`${trap.host}/team/tool`);
    trap.on(/.*/, { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } });
    await expect(open().tags(elsewhere)).rejects.toMatchObject({ code: "registry_auth_required" });
    expect(sentTo(trap)).toEqual([undefined]);
  });
});

describe("where they are sent", () => {
  test("not to a realm on another host, which counts as their refusal", async () => {
    server.on(TAGS, ({ headers }) =>
      headers.authorization === "Bearer trapped"
        ? FOUND
        : { status: 401, headers: { "www-authenticate": `Bearer realm="${trap.url}/token"` } },
    );
    await expect(open().tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(sentTo(trap)).toEqual([undefined]);
    expect(kinds()).toEqual(["refused"]);
    expect(outcomes[0]).toMatchObject({ error: { suggestion: expect.stringContaining(trap.url) } });
  });

  test("to a realm on another host that the admin named", async () => {
    server.on(TAGS, ({ headers }) =>
      headers.authorization === "Bearer trapped"
        ? FOUND
        : { status: 401, headers: { "www-authenticate": `Bearer realm="${trap.url}/token"` } },
    );
    await open({ tokenServer: trap.url }).tags(tool());
    expect(sentTo(trap)).toEqual([BASIC]);
    expect(kinds()).toEqual(["accepted"]);
  });

  test.each(["Basic", "Bearer"])("a redirect to another host goes without them (%s)", async (scheme) => {
    issuesTokens();
    const challenge = scheme === "Basic" ? 'Basic realm="r"' : `Bearer realm="${server.url}/token"`;
    server.on(TAGS, ({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: { "www-authenticate": challenge } }
        : { status: 307, headers: { location: `${trap.url}/tags` } },
    );
    trap.on("/tags", { status: 401, headers: { "www-authenticate": 'Basic realm="give it to me"' } });
    await expect(open().tags(tool())).rejects.toMatchObject({ code: expect.stringContaining("registry_") });
    expect(sentTo(trap)).toEqual([undefined]);
  });
});

describe("wrong credentials", () => {
  test.each([401, 403])(
    "a token server that answers %d: a public repository is read without",
    async (status) => {
      server.on("/token", ({ headers }) =>
        headers.authorization === undefined ? { body: '{"token":"public"}' } : { status },
      );
      accepts("public");
      await expect(open().tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
      expect(outcomes).toMatchObject([
        { kind: "refused", error: { code: "registry_auth_failed", details: { refused: "login" } } },
      ]);
    },
  );

  test("Basic, with a challenge that is known from before: a public repository is read without", async () => {
    const open401 = { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } };
    server.on("/v2/team/closed/tags/list", ({ headers }) =>
      headers.authorization === BASIC ? FOUND : open401,
    );
    server.on(TAGS, ({ headers }) => (headers.authorization === undefined ? FOUND : open401));
    const client = open();
    await client.tags(repositoryOfName(`${server.host}/team/closed`));
    await expect(client.tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(kinds()).toEqual(["accepted", "refused"]);
  });

  test("a private repository fails with their refusal, and never looks missing", async () => {
    server.on("/token", ({ headers }) =>
      headers.authorization === undefined ? { body: '{"token":"public"}' } : { status: 401 },
    );
    server.on(TAGS, ({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token"` } }
        : { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN","message":"no such project"}]}' },
    );
    await expect(open().tags(tool())).rejects.toMatchObject({
      code: "registry_auth_failed",
      retryable: false,
      message: `${server.host} rejected the stored credentials.`,
    });
  });

  test("the registry denies one repository: the others are still read with them", async () => {
    issuesTokens();
    const bearer = { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token"` } };
    server.on(TAGS, ({ headers }) => (headers.authorization === undefined ? bearer : { status: 403 }));
    server.on("/v2/team/other/tags/list", ({ headers }) =>
      headers.authorization === "Bearer secret" ? FOUND : bearer,
    );
    const client = open();
    await expect(client.tags(tool())).rejects.toMatchObject({
      code: "registry_auth_failed",
      message: `${server.host} denies the stored credentials ${server.host}/team/tool.`,
    });
    await expect(client.tags(repositoryOfName(`${server.host}/team/other`))).resolves.toMatchObject({
      tags: ["1.0.0"],
    });
    expect(outcomes).toMatchObject([{ error: { details: { refused: "repository" } } }, { kind: "accepted" }]);
  });

  test("a wrong password is tried once in ten minutes, and a new one at once", async () => {
    let nowMs = 1_000_000;
    server.on("/token", ({ headers }) =>
      headers.authorization === undefined ? { body: '{"token":"public"}' } : { status: 401 },
    );
    accepts("public");
    const client = open({}, { now: () => nowMs });
    const logins = () => sentTo(server).filter((each) => each?.startsWith("Basic")).length;
    for (let time = 0; time < 5; time += 1) await client.tags(tool());
    expect(logins()).toBe(1);
    const replaced = [credentialsOf(server.host, { ...LOGIN, password: "another" })];
    await client.withCredentials({ all: replaced, report: () => {} }).tags(tool());
    expect(logins()).toBe(2);
    nowMs += 601_000;
    await client.tags(tool());
    expect(logins()).toBe(3);
  });

  test("credentials that cannot be opened are never sent, and the failure names them", async () => {
    issuesTokens();
    accepts("secret");
    const { AppError: Failure } = await import("@/lib/platform/errors");
    const unusable = new Failure("registry_auth_failed", "They cannot be opened.", {
      suggestion: "Replace.",
    });
    await expect(open({ unusable, password: "" }).tags(tool())).rejects.toBe(unusable);
    expect(sentTo(server).filter((each) => each?.startsWith("Basic"))).toEqual([]);
  });

  test("a rate limit and a broken token server are no refusal: nothing is tried without them", async () => {
    accepts("public");
    server.on("/token", { status: 500 });
    await expect(open().tags(tool())).rejects.toMatchObject({ code: "registry_error", retryable: true });
    expect(kinds()).toEqual([]);
    expect(sentTo(server).filter((each) => each === "Bearer public")).toEqual([]);
  });
});

describe("their secret stays out of every error", () => {
  const SPELLINGS = [
    LOGIN.password,
    encodeURIComponent(LOGIN.password),
    Buffer.from(LOGIN.password).toString("base64").replace(/=+$/, ""),
    BASIC.slice("Basic ".length).replace(/=+$/, ""),
  ];

  function expectClean(error: unknown): void {
    const { message, suggestion, details, cause } = error as AppError;
    const text = JSON.stringify([message, suggestion, details, String(cause)]).toLowerCase();
    for (const secret of SPELLINGS) expect(text).not.toContain(secret.toLowerCase());
  }

  const failure = (run: Promise<unknown>) => run.then(() => undefined).catch((error: unknown) => error);

  test.each([401, 403, 404, 400, 418, 429, 500, 503])(
    "error bodies of status %d that echo the Authorization, in any coding",
    async (status) => {
      const echo = ({ headers }: { headers: { authorization?: string } }) => {
        const sent = headers.authorization ?? "";
        const decoded = Buffer.from(sent.replace("Basic ", ""), "base64").toString();
        const message = [sent, decoded, LOGIN.password, [...LOGIN.password].reverse().join("")].join(" | ");
        const code = LOGIN.password;
        return {
          status,
          body: JSON.stringify({
            errors: [
              { code, message },
              { code: "HUNTER_TWO", message },
            ],
          }),
        };
      };
      server.on("/token", echo);
      server.on(TAGS, ({ headers }) =>
        headers.authorization === undefined
          ? { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token"` } }
          : echo({ headers }),
      );
      const atTokens = await failure(open().tags(tool()));
      expect(atTokens).toBeDefined();
      expectClean(atTokens);
      expect(JSON.stringify(atTokens)).not.toContain("HUNTER_TWO");
      issuesTokens();
      const atRegistry = await failure(open().tags(tool()));
      expectClean(atRegistry);
      expect(String((atRegistry as AppError).message)).not.toContain("Its message");
    },
  );

  test("a plain text, a scheme, a redirect and a realm that contain it", async () => {
    const host = Buffer.from(LOGIN.password).toString("hex");
    const password = `p${host}`;
    const login = { username: "robot", password };
    const credentials = [credentialsOf(server.host, login)];
    for (const answer of [
      { status: 500, headers: { "content-type": "text/plain" }, body: password },
      { status: 307, headers: { location: `http://${password}.example/x` } },
      { status: 401, headers: { "www-authenticate": password } },
      { status: 401, headers: { "www-authenticate": `Bearer realm="https://${password}.example/t"` } },
    ]) {
      server.on(TAGS, answer);
      const error = await failure(open({}, { credentials }).tags(tool()));
      expect(error).toBeDefined();
      expect(JSON.stringify([(error as AppError).message, error]).toLowerCase()).not.toContain(password);
    }
  });

  test("registries without credentials keep their words", async () => {
    server.on(TAGS, { status: 500, body: '{"errors":[{"code":"X","message":"the disk is full"}]}' });
    await expect(open({ namespace: "other" }).tags(tool())).rejects.toMatchObject({
      message: expect.stringContaining("the disk is full"),
    });
  });
});

describe("a test of credentials", () => {
  const tryLogin = (more: Partial<RegistryCredentials> = {}, path?: string) =>
    open().tryLogin(credentialsOf(server.host, LOGIN, more), {
      repository: path === undefined ? undefined : repositoryOfName(`${server.host}/${path}`),
    });

  test("by token: the login alone has no scope, a repository has one", async () => {
    issuesTokens();
    accepts("secret");
    server.on("/v2/", ({ headers }) =>
      headers.authorization === "Bearer secret"
        ? {}
        : { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token",service="s"` } },
    );
    await expect(tryLogin()).resolves.toBe("accepted");
    await expect(tryLogin({}, "team/tool")).resolves.toBe("accepted");
    const asked = server.requests.filter(({ url }) => url.startsWith("/token")).map(({ url }) => url);
    expect(asked).toEqual(["/token?service=s", "/token?service=s&scope=repository%3Ateam%2Ftool%3Apull"]);
  });

  test("by Basic", async () => {
    server.on("/v2/", ({ headers }) =>
      headers.authorization === BASIC
        ? {}
        : { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } },
    );
    await expect(tryLogin()).resolves.toBe("accepted");
    await expect(tryLogin({ password: "wrong" })).rejects.toMatchObject({
      code: "registry_auth_failed",
      details: { refused: "login" },
    });
  });

  test("never falls back to an anonymous request", async () => {
    server.on("/token", ({ headers }) =>
      headers.authorization === undefined ? { body: '{"token":"public"}' } : { status: 403 },
    );
    accepts("public");
    await expect(tryLogin({}, "team/tool")).rejects.toMatchObject({ details: { refused: "login" } });
    expect(sentTo(server).filter((each) => each === "Bearer public")).toEqual([]);
  });

  test("a registry that asks for nothing leaves them untested, and never sees them", async () => {
    server.on("/v2/", {});
    await expect(tryLogin()).resolves.toBe("not_asked");
    expect(sentTo(server)).toEqual([undefined]);
  });

  test("a token without access to the repository", async () => {
    issuesTokens();
    accepts("nothing");
    await expect(tryLogin({}, "team/tool")).rejects.toMatchObject({
      code: "registry_auth_failed",
      details: { refused: "repository" },
    });
  });

  test("a web server is no registry", async () => {
    await expect(tryLogin()).rejects.toMatchObject({ code: "registry_protocol", retryable: false });
  });
});

test("a rate limit of one account leaves anonymous requests and other accounts alone", async () => {
  issuesTokens();
  const gates = createHostLimiters();
  const challenge = { status: 401, headers: { "www-authenticate": `Bearer realm="${server.url}/token"` } };
  server.on(TAGS, ({ headers }) => {
    if (headers.authorization === undefined) return challenge;
    return headers.authorization === "Bearer secret"
      ? { status: 429, headers: { "retry-after": "60" } }
      : FOUND;
  });
  const client = open({}, { gates });
  await expect(client.tags(tool())).rejects.toMatchObject({ code: "registry_rate_limited" });
  await expect(client.anonymous().tags(tool())).resolves.toMatchObject({ tags: ["1.0.0"] });
  expect(gates.view().filter(({ waitUntilMs }) => waitUntilMs !== undefined)).toHaveLength(1);
});
