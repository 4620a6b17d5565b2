/** The built server beside a registry of its own, with an admin, and people who are let in by invitation. */

import type { APIRequestContext, Browser, Page } from "@playwright/test";
import {
  type DistributionRegistry,
  type RegistryAuth,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { type RunningServer, startServer } from "@/tests/support/servers/running-server";

export const PASSWORD = "correct horse battery";
const ADMIN_EMAIL = "ada@acme.example";

export type ReviewedGantry = {
  server: RunningServer;
  registry: DistributionRegistry;
  /** Speaks as the admin of the setup. */
  api(method: string, path: string, body?: object, token?: string): Promise<unknown>;
  /** Signs the browser in as a new user with this role. */
  enter(page: Page, role: "admin" | "reviewer" | "publisher", name: string): Promise<void>;
  stop(): Promise<void>;
};

export async function startReviewedGantry(
  settings: Record<string, string> = {},
  auth: RegistryAuth = "none",
): Promise<ReviewedGantry> {
  const registry = await startDistributionRegistry({ auth });
  const server = await startServer({ ...settings, GANTRY_REGISTRIES: registry.registries });
  const adminToken = await setUp(server);
  const api: ReviewedGantry["api"] = (method, path, body, token = adminToken) =>
    call(server.url, method, path, body, token);
  let people = 0;
  return {
    server,
    registry,
    api,
    async enter(page, role, name) {
      people += 1;
      const email = `${role}-${people}@acme.example`;
      const invited = { email, name, role };
      const answer =
        role === "admin"
          ? await asAdmin(browserOf(page), server.url, (request) => inviteIn(request, server.url, invited))
          : await api("POST", "/users", invited);
      await page.goto(textAt(answer, "inviteUrl"));
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Set password and sign in" }).click();
      await page.waitForURL(`${server.url}/`);
    },
    async stop() {
      await server.stop();
      await registry.stop();
    },
  };
}

async function setUp(server: RunningServer): Promise<string> {
  const token = new URL(server.setupLink).searchParams.get("token");
  const body = { token, email: ADMIN_EMAIL, name: "Ada Lovelace", password: PASSWORD };
  return textAt(await call(server.url, "POST", "/setup", body, undefined), "token");
}

function browserOf(page: Page): Browser {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page belongs to no browser");
  return browser;
}

/** Signs the admin of the setup in with a browser context of their own: admins are invited by people, not by tokens. */
async function asAdmin<T>(
  browser: Browser,
  url: string,
  act: (request: APIRequestContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ baseURL: url });
  try {
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByLabel("Email address").fill(ADMIN_EMAIL);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`${url}/`);
    return await act(context.request);
  } finally {
    await context.close();
  }
}

async function inviteIn(request: APIRequestContext, url: string, data: object): Promise<unknown> {
  const answer = await request.post("/api/v1/users", { data, headers: { origin: url } });
  if (answer.ok()) return answer.json();
  throw new Error(`the invitation of an admin answered ${answer.status()}: ${await answer.text()}`);
}

async function call(
  url: string,
  method: string,
  path: string,
  body: object | undefined,
  token: string | undefined,
): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.ok) return answer.json();
  throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
}

/** The text under `key` of an answer. */
export function textAt(answer: unknown, key: string): string {
  if (typeof answer === "object" && answer !== null) {
    const value: unknown = Object.getOwnPropertyDescriptor(answer, key)?.value;
    if (typeof value === "string") return value;
  }
  throw new Error(`the answer has no text ${key}: ${JSON.stringify(answer)}`);
}
