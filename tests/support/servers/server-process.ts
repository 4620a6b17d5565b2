/** A whole Gantry as a process of its own, which a test may kill, and how to call it. */

import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "@/tests/support/processes/child";
import { freePort } from "@/tests/support/processes/free-port";

export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of what came back
  body: any;
};

export type Call = (method: string, target: string, body?: unknown) => Promise<Answer>;

export type ServerProcess = {
  url: string;
  /** The process that runs now. */
  child(): Child;
  /** Starts it (again) at the same address and waits until it can write. */
  start(): Promise<void>;
  /** Starts it (again) and waits only until it answers at all. */
  launch(): Promise<void>;
  /** Ends it at once, if it runs. */
  kill(): Promise<void>;
  /** Without a token: anonymous. */
  call(token?: string): Call;
  /** Makes the first admin; answers a token with every scope. */
  setUp(): Promise<string>;
};

const START_TIMEOUT_MS = 60_000;
const ENTRY = ["--import", "tsx", "tests/support/programs/api-only-server.ts"];

/** What the server answers does not matter here, only that it answers before `timeoutMs`. */
export async function until(holds: () => Promise<boolean>, what: string, timeoutMs = START_TIMEOUT_MS) {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(50);
  }
}

/** Nothing runs before `start` or `launch`. `settings` are environment variables. */
export async function serverProcess(settings: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    PORT: String(port),
    GANTRY_LOG_LEVEL: "warn",
    GANTRY_SCAN_INTERVAL_SECONDS: "604800",
    ...settings,
  };
  let running: Child | undefined;
  const child = () => {
    if (running === undefined) throw new Error("the server was never started");
    return running;
  };
  const launch = async () => {
    const launched = await startChild(process.execPath, ENTRY, { env });
    running = launched;
    const ended = launched.exited.then(() => {
      throw new Error(`the server ended while it started:\n${launched.output()}`);
    });
    await Promise.race([ended, until(async () => (await fetch(`${url}/livez`)).ok, `${url} answers`)]);
  };
  return {
    url,
    child,
    launch,
    async start() {
      await launch();
      await until(async () => (await call(url)("GET", "/readyz")).body.writable, `${url} can write`);
    },
    async kill() {
      await running?.kill();
    },
    call: (token) => call(url, token),
    async setUp() {
      const token = await readFile(path.join(settings.GANTRY_DATA_DIR ?? "", "setup-token"), "utf8");
      const done = await call(url)("POST", "/api/v1/setup", {
        token: token.trim(),
        email: "admin@acme.example",
        name: "Ada Admin",
        password: "correct horse battery staple",
      });
      if (done.status !== 201)
        throw new Error(`set-up answered ${done.status}: ${JSON.stringify(done.body)}`);
      return done.body.token;
    },
  };
}

function call(url: string, token?: string): Call {
  return async (method, target, body) => {
    const response = await fetch(new URL(target, url), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== "" ? JSON.parse(text) : text,
    };
  };
}
