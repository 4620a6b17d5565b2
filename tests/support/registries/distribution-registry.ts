import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTokenServer, type TokenServer } from "@/tests/support/registries/token-server";

export type RegistryAuth = "none" | "htpasswd" | "token";

/** A real Distribution registry, listening on loopback. Reusable as a push target. */
export type DistributionRegistry = {
  /** `127.0.0.1:PORT`, the host part of its repositories. */
  host: string;
  url: string;
  /** May push anywhere; absent without authentication. */
  credentials?: { username: string; password: string };
  /** Origin of the token server, with `token` authentication. */
  tokenOrigin?: string;
  /** The value of GANTRY_REGISTRIES that allows this registry (and its token server). */
  registries: string;
  /** Takes it down; its port and content stay its own. */
  halt(): Promise<void>;
  /** Brings it back on the same port with the same content. */
  resume(): Promise<void>;
  stop(): Promise<void>;
};

const CREDENTIALS = { username: "tester", password: "read-only" };

/** bcrypt of the password above. */
const HTPASSWD = "tester:$2b$04$EXHpzwr9yD5yJXLAc5gdbebZfMhZV/j5/9WPEJdczukZj.AT5kyFe\n";

const START_TIMEOUT_MS = 20_000;

/**
 * Starts Distribution's own `docker-registry` (deletes enabled) with an empty store. With `token`, a token server of
 * the tests' own stands beside it: anonymous pull everywhere except under `private/`, everything with the credentials.
 */
export async function startDistributionRegistry({
  auth = "none",
}: {
  auth?: RegistryAuth;
} = {}): Promise<DistributionRegistry> {
  requireBinary();
  const folder = mkdtempSync(join(tmpdir(), "gantry-registry-"));
  const tokens = auth === "token" ? await startTokenServer({ folder, credentials: CREDENTIALS }) : undefined;
  const configFor = (port: number) => writeConfig(folder, port, auth, tokens);
  try {
    let child = await launch(configFor(0));
    const { port } = child;
    const host = `127.0.0.1:${port}`;
    const url = `http://${host}`;
    return {
      host,
      url,
      registries: [url, ...(tokens === undefined ? [] : [tokens.origin])].join(","),
      ...(auth === "none" ? {} : { credentials: CREDENTIALS }),
      ...(tokens === undefined ? {} : { tokenOrigin: tokens.origin }),
      halt: () => child.stop(),
      resume: async () => {
        child = await launch(configFor(port));
      },
      stop: async () => {
        await child.stop();
        await tokens?.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await tokens?.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function requireBinary(): void {
  if (spawnSync("docker-registry", ["--version"]).error !== undefined) {
    throw new Error(
      "These tests run against Distribution's registry, and the program docker-registry was not found. " +
        "On Debian or Ubuntu: apt-get install docker-registry. Elsewhere: build github.com/distribution/distribution " +
        "2.8 and put it on the PATH under the name docker-registry.",
    );
  }
}

function writeConfig(
  folder: string,
  port: number,
  auth: RegistryAuth,
  tokens: TokenServer | undefined,
): string {
  const htpasswd = join(folder, "htpasswd");
  writeFileSync(htpasswd, HTPASSWD);
  const sections = {
    none: {},
    htpasswd: { auth: { htpasswd: { realm: "tests", path: htpasswd } } },
    token: { auth: { token: tokens?.registryConfig } },
  } satisfies Record<RegistryAuth, unknown>;
  const path = join(folder, "config.yml");
  const storage = { filesystem: { rootdirectory: join(folder, "data") }, delete: { enabled: true } };
  const log = { level: "info", accesslog: { disabled: true } };
  const http = { addr: `127.0.0.1:${port}`, secret: "tests only" };
  // JSON is YAML.
  writeFileSync(path, JSON.stringify({ version: 0.1, log, storage, http, ...sections[auth] }));
  return path;
}

/**
 * The shell holds our end of a pipe: however this process ends, even killed, the pipe closes and the registry goes.
 */
const WATCHED = 'docker-registry serve "$0" </dev/null & pid=$!; cat >/dev/null; kill "$pid"; wait "$pid"';

async function launch(configPath: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const shell = spawn("sh", ["-c", WATCHED, configPath], { stdio: ["pipe", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => shell.once("exit", () => resolve()));
  const stop = async () => {
    shell.stdin?.end();
    await ended;
  };
  try {
    return { port: await listeningPort(shell), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Distribution logs the address that it really got, so that the operating system may choose the port. */
function listeningPort(shell: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let log = "";
    const fail = (why: string) => reject(new Error(`docker-registry ${why}. Its log:\n${log}`));
    const timer = setTimeout(() => fail(`did not listen within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    shell.once("exit", (code) => fail(`ended with ${code}`));
    shell.stderr?.on("data", (chunk: Buffer) => {
      if (log.length < 64 * 1024) log += chunk.toString();
      const port = /listening on [^"]*?:(\d+)/.exec(log)?.[1];
      if (port === undefined && !/level=fatal|panic:|configuration error/.test(log)) return;
      clearTimeout(timer);
      if (port === undefined) fail("could not start");
      else resolve(Number(port));
    });
  });
}
