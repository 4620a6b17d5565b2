/** A whole Gantry without pages, over real HTTP, with a client that speaks as its people do. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { readEnv } from "@/lib/platform/env";
import { createLog } from "@/lib/platform/log";
import { type Gantry, startGantry } from "@/lib/process/start";
import { sessionFor, tokenFor } from "@/tests/support/token-for";

export type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of what came back
  body: any;
};

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export type TestGantry = {
  url: string;
  gantry: Gantry;
  dataDir: string;
  /** Anonymous. */
  anonymous: Call;
  /** The admin of the setup, with a token of all scopes. */
  admin: Call;
  adminToken: string;
  /** The same admin, signed in with a browser just now, on our own pages. */
  adminSession: Call;
  /** What the setup answered. */
  setUp: Answer;
  /** A new user with this role, and a token with these scopes (default: all that make sense). */
  person(
    role: "admin" | "reviewer" | "publisher",
    scopes?: readonly string[],
  ): Promise<{ call: Call; token: string; id: string }>;
  callWith(token: string): Call;
  close(): Promise<void>;
};

const ALL_SCOPES = ["submissions", "review", "allow-list", "versions", "scan", "audit:read", "admin"];

export async function startTestGantry(settings: Record<string, string>): Promise<TestGantry> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "gantry-test-"));
  const env = readEnv({
    PORT: "0",
    GANTRY_DATA_DIR: dataDir,
    GANTRY_LOG_LEVEL: "error",
    GANTRY_SCAN_INTERVAL_SECONDS: "604800",
    ...settings,
  });
  const gantry = await startGantry(env, createLog(env.logLevel));
  await gantry.ready;
  const { url } = gantry;
  const anonymous = caller(url, undefined);
  const setupToken = await readFile(path.join(dataDir, "setup-token"), "utf8");
  const password = "correct horse battery staple";
  const done = await anonymous("POST", "/api/v1/setup", {
    token: setupToken.trim(),
    email: "admin@acme.example",
    name: "Ada Admin",
    password,
  });
  if (done.status !== 201) throw new Error(`set-up answered ${done.status}: ${JSON.stringify(done.body)}`);
  const adminToken: string = done.body.token;
  const admin = caller(url, adminToken);
  const adminSession = await sessionCaller(anonymous, url, done.body.user.id);
  let people = 0;
  return {
    url,
    gantry,
    dataDir,
    anonymous,
    admin,
    adminToken,
    adminSession,
    setUp: done,
    callWith: (token) => caller(url, token),
    async person(role, scopes = ALL_SCOPES) {
      people += 1;
      const email = `${role}-${people}@acme.example`;
      const created = await adminSession("POST", "/api/v1/users", {
        email,
        name: `The ${role} ${people}`,
        role,
      });
      const token = await tokenFor(created.body.id, scopes);
      return { call: caller(url, token), token, id: created.body.id };
    },
    async close() {
      await gantry.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function sessionCaller(anonymous: Call, url: string, userId: string): Promise<Call> {
  const { name, value } = await sessionFor(userId);
  return (method, target, body, headers) =>
    anonymous(method, target, body, { cookie: `${name}=${value}`, origin: url, ...headers });
}

function caller(url: string, token: string | undefined): Call {
  return async (method, target, body, headers = {}) => {
    const response = await fetch(new URL(target, url), {
      method,
      redirect: "manual",
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
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
