/**
 * What people notice while a flood asks for the past: 2,000 different `?at=` from 2,000 networks on the embedded engine,
 * and meanwhile sign-ins and `/livez`. Prints figures; passes and fails by nothing.
 * `flood.ts [root]` starts the built server of another working copy, to compare.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { openPgliteInstance } from "@/lib/platform/db/pglite/open-pglite";
import { FLOOD, type FloodResult } from "@/tests/bench/flood-client";
import { unpackTemplate } from "@/tests/support/databases/pglite-template";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const REPOSITORIES = 500;
const PASSWORD = "correct horse battery staple";
const EMAIL = "ada@acme.example";

const root = process.argv[2] ?? process.cwd();
const folder = temporaryFolder("flood");
let child: Child | undefined;
let form: { names: string[]; values: string[] } | undefined;
try {
  await fill(path.join(folder.path, "postgres"));
  child = await startChild(process.execPath, ["--import", "tsx", path.join(root, "server.ts")], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      PORT: "0",
      GANTRY_DATA_DIR: folder.path,
      GANTRY_LOG_LEVEL: "error",
      GANTRY_SCAN_INTERVAL_SECONDS: "604800",
      GANTRY_TRUSTED_PROXIES: "127.0.0.1",
    },
  });
  const [, link = ""] = await child.line(/^\s*(http\S+\/setup\?token=\S+)$/m, 120_000);
  await drill(new URL(link));
} finally {
  await child?.stop();
  folder.remove();
}

async function drill(setup: URL): Promise<void> {
  const { origin } = setup;
  const token = setup.searchParams.get("token");
  const done = await fetch(`${origin}/api/v1/setup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token, email: EMAIL, name: "Ada", password: PASSWORD }),
  });
  if (done.status !== 201) throw new Error(`set-up answered ${done.status}: ${await done.text()}`);
  if (!(await signIn(origin))) throw new Error("the sign-in form did not let anybody in");
  const quiet = await watched(origin, sleep(5_000));
  tell("quiet", quiet);
  const flooding = flood(origin);
  tell("flooded", await watched(origin, flooding));
  const { seconds, statuses, latencies } = await flooding;
  console.log(
    `flood    ${latencies.length} questions in ${seconds.toFixed(1)} s, by status ${JSON.stringify(statuses)}`,
  );
  console.log(`         each ${summary(latencies)}`);
}

/** In a process of its own; see `flood-client.ts`. */
async function flood(origin: string): Promise<FloodResult> {
  const client = fork(fileURLToPath(new URL("./flood-client.ts", import.meta.url)), [origin], {
    execArgv: ["--import", "tsx"],
  });
  const [result] = await once(client, "message");
  return result;
}

type Watched = { livez: number[]; signIns: number[]; refused: number };

/** Asks for `/livez` and signs in, again and again, as long as `work` lasts. */
async function watched(origin: string, work: Promise<unknown>): Promise<Watched> {
  const seen: Watched = { livez: [], signIns: [], refused: 0 };
  let over = false;
  const alive = async () => {
    while (!over) {
      const began = performance.now();
      await (await fetch(`${origin}/livez`)).arrayBuffer();
      seen.livez.push(performance.now() - began);
      await sleep(20);
    }
  };
  const people = async () => {
    while (!over) {
      const began = performance.now();
      if (!(await signIn(origin))) seen.refused += 1;
      seen.signIns.push(performance.now() - began);
      await sleep(100);
    }
  };
  await Promise.all([work.finally(() => (over = true)), alive(), people()]);
  return seen;
}

/** As a browser without scripts does it; true when a session came back. */
async function signIn(origin: string): Promise<boolean> {
  form ??= hiddenFields(await (await fetch(`${origin}/sign-in`)).text());
  const body = new FormData();
  for (const [index, name] of form.names.entries()) body.set(name, form.values[index] ?? "");
  body.set("email", EMAIL);
  body.set("password", PASSWORD);
  const answer = await fetch(`${origin}/sign-in`, {
    method: "POST",
    headers: { origin, "sec-fetch-site": "same-origin", "x-forwarded-for": "198.51.100.7" },
    body,
    redirect: "manual",
  });
  await answer.arrayBuffer();
  return answer.headers.get("set-cookie")?.includes("gantry-session") === true;
}

function hiddenFields(html: string): { names: string[]; values: string[] } {
  const form =
    /<form[\s\S]*?name="password"[\s\S]*?<\/form>/.exec(
      html.slice(html.lastIndexOf("<form", html.indexOf('name="password"'))),
    )?.[0] ?? "";
  const inputs = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => input);
  const attribute = (input: string, name: string) =>
    (new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? "")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&");
  return {
    names: inputs.map((input) => attribute(input, "name")),
    values: inputs.map((input) => attribute(input, "value")),
  };
}

function tell(what: string, { livez, signIns, refused }: Watched): void {
  console.log(`${what.padEnd(8)} /livez   ${summary(livez)}`);
  console.log(`         sign-in ${summary(signIns)}${refused > 0 ? `, ${refused} refused` : ""}`);
}

function summary(latencies: readonly number[]): string {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${sorted.length})`;
}

/** A history as a busy instance has it after some months. */
async function fill(databaseFolder: string): Promise<void> {
  await unpackTemplate(databaseFolder);
  const db = await openPgliteInstance(await PGlite.create(databaseFolder));
  const data = Array.from({ length: FLOOD.events }, (_, index) => {
    const item = itemOf(`acme/tool-${index % REPOSITORIES}`, `1.${Math.floor(index / REPOSITORIES)}.0`);
    return {
      sequence: BigInt(index + 1),
      at: new Date(FLOOD.firstEventMs + index * FLOOD.minuteMs),
      repository: item.repository,
      cause: "scan",
      item,
    };
  });
  await db.prisma.listingEvent.createMany({ data });
  await db.close();
}

function itemOf(repository: string, version: string): AllowListItem {
  const digest = `sha256:${"0".repeat(64)}`;
  const since = new Date(FLOOD.firstEventMs).toISOString();
  return {
    ...{ repository, track: "follow", range: null, state: "active", tag: version, version, digest },
    ...{ reference: `${repository}@${digest}`, since, expiresAt: null },
  };
}
