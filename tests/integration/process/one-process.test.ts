import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type ServerProcess, serverProcess, until } from "@/tests/support/servers/server-process";

let folder: ReturnType<typeof temporaryFolder>;
let registry: HostileRegistry;
let server: ServerProcess;

beforeEach(async () => {
  folder = temporaryFolder("process");
  registry = await startHostileRegistry();
  server = await serverProcess({
    GANTRY_DATA_DIR: folder.path,
    GANTRY_REGISTRIES: registry.url,
    GANTRY_LOG_LEVEL: "info",
  });
});

afterEach(async () => {
  await server.kill();
  await registry.stop();
  folder.remove();
});

const secondServer = (settings: Record<string, string>) =>
  startChild(process.execPath, ["--import", "tsx", "tests/support/programs/api-only-server.ts"], {
    env: { PORT: "0", GANTRY_DATA_DIR: folder.path, ...settings },
  });

test("a second process on the same folder is refused with what to do, and the first one goes on", async () => {
  await server.start();
  const second = await secondServer({});
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.output()).toContain(`Another Gantry is running on the data folder ${folder.path}`);
  expect(second.output()).toContain("GANTRY_DATA_DIR");
  const admin = server.call(await server.setUp());
  expect((await admin("GET", "/api/v1/audit/check")).body).toMatchObject({ ok: true });
});

test("a client that waits for readiness finds the setup link, on an empty folder and after a restart", async () => {
  const ready = () => server.call()("GET", "/readyz");
  await server.launch();
  await until(async () => (await ready()).status === 200, "it is ready");
  expect((await ready()).body).toMatchObject({ ready: true, writable: true });
  const admin = server.call(await server.setUp());
  expect((await server.child().stop()).code).toBe(0);
  await server.launch();
  await until(async () => (await ready()).status === 200, "it is ready again");
  expect((await admin("GET", "/api/v1/audit/check")).body).toMatchObject({ ok: true });
});

test("a port that is taken ends the start with a sentence", async () => {
  await refused(
    { PORT: registry.host.split(":")[1] ?? "" },
    `Gantry can't listen on ${registry.host}: another program listens there.`,
  );
});

test.each([
  ["a wrong setting", { GANTRY_ROLE: "leader" }, "GANTRY_ROLE must be one of all, web, worker"],
  ["a role without its secrets", { GANTRY_ROLE: "web" }, "needs DATABASE_URL, AUTH_SECRET"],
  ["registries that make no sense", { GANTRY_REGISTRIES: "ftp://nowhere" }, "GANTRY_REGISTRIES"],
])("%s ends the start with a sentence", (_name, settings, sentence) => refused(settings, sentence));

async function refused(settings: Record<string, string>, sentence: string): Promise<void> {
  const second = await secondServer(settings);
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.output()).toContain("Gantry can't start.");
  expect(second.output()).toContain(sentence);
  expect(second.output()).not.toMatch(/^\s+at /m);
}

test("SIGTERM lets requests and a check that run end, then the process ends with 0 and the work goes on later", async () => {
  await server.start();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  registry.on(/\/tags\/list$/, async () => {
    await held;
    return { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' };
  });
  const admin = server.call(await server.setUp());
  const { body: submission } = await admin("POST", "/api/v1/submissions", {
    repository: `${registry.host}/acme/slow`,
  });
  await until(async () => registry.count("/v2/acme/slow/tags/list") > 0, "the check asks the registry");

  const running = [
    admin("POST", "/api/v1/submissions", { repository: `${registry.host}/acme/other` }),
    admin("GET", "/api/v1/audit/check"),
    server.call()("GET", "/api/v1/allow-list"),
  ];
  // They have arrived once the server has answered a request that was sent after them.
  await server.call()("GET", "/livez");
  server.child().signal("SIGTERM");
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([202, 200, 200]);
  expect(await server.child().exited).toEqual({ code: 0, signal: null });

  release();
  await server.start();
  const again = server.call(await tokenAgain(admin));
  await until(
    async () => (await again("GET", `/api/v1/submissions/${submission.id}`)).body.state === "needs_changes",
    "the interrupted check ends",
  );
});

/** The token of before the restart still works: its hash is in the database. */
async function tokenAgain(admin: ReturnType<ServerProcess["call"]>): Promise<string> {
  const made = await admin("POST", "/api/v1/tokens", { name: "again", scopes: ["submissions", "review"] });
  expect(made.status).toBe(201);
  return made.body.token;
}

test("a second SIGTERM ends the process at once", async () => {
  await server.start();
  registry.on(/.*/, async () => {
    await sleep(60_000);
    return { status: 404 };
  });
  const admin = server.call(await server.setUp());
  await admin("POST", "/api/v1/submissions", { repository: `${registry.host}/acme/stuck` });
  await until(async () => registry.connections() > 0, "the check asks the registry");
  const slow = admin("POST", `/api/v1/extensions/${registry.host}/acme/stuck/-/scan?wait=30`).catch(
    () => undefined,
  );
  await server.call()("GET", "/livez");
  server.child().signal("SIGTERM");
  await server.child().line(/"stopping"/);
  server.child().signal("SIGTERM");
  expect(await server.child().exited).toEqual({ code: 1, signal: null });
  await slow;
});
