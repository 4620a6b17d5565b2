/**
 * How fast public reads are next to others that send the same bytes: a bare node:http server, nginx on files, and a
 * route handler of Next. All run as separate processes and take turns, so that what else the machine does
 * hits all alike. `api.ts [extensions…]`; 1,000 and 10,000 unless told otherwise.
 */

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BenchAnswer } from "@/tests/bench/bench-answer";
import { type ForkedServer, forkServer, medianOf, type Sample, sample } from "@/tests/bench/forked";
import { loadGenerator } from "@/tests/bench/load";
import { madeExtension } from "@/tests/bench/made-extensions";
import { type Nginx, startNginx } from "@/tests/bench/servers/nginx";
import { type Sent, send } from "@/tests/support/send";

type Scenario = {
  title: string;
  path: string;
  headers?: Record<string, string>;
  conditional?: true;
  body?: string;
  /** Of what the bare server does. */
  target: number;
};

const VERSIONS = 20;
const UPDATE_ITEMS = 20;
const GZIP = { "accept-encoding": "gzip" };
const ROUNDS = 3;
const ROUND_SECONDS = 2;
const CONNECTIONS = 32;
const NEXT_TARGET = 20;

const names = Array.from({ length: UPDATE_ITEMS }, (_none, index) =>
  madeExtension(index, 1).repository.replace("docker.io/", ""),
);
const EXTENSION = `/api/v1/extensions/${names[7]}`;
const INSTALLED = names.map((repository, index) => ({ repository, tag: `1.${index}.0` }));
const UPDATES = JSON.stringify({ client: { desktop: "4.44.0", arch: "amd64" }, installed: INSTALLED });

const SCENARIOS: readonly Scenario[] = [
  { title: "a page of 50", path: "/api/v1/extensions?limit=50", target: 0.7 },
  { title: "a page of 50, gzip", path: "/api/v1/extensions?limit=50", headers: GZIP, target: 0.7 },
  { title: "one extension", path: EXTENSION, target: 0.7 },
  { title: "one extension, 304", path: EXTENSION, conditional: true, target: 0.7 },
  { title: "update check of 20", path: "/api/v1/updates", body: UPDATES, target: 0.4 },
];

const load = loadGenerator();
console.log(`${load.name}, ${CONNECTIONS} connections, ${ROUNDS} × ${ROUND_SECONDS} s each in turns`);
buildNextApp();
const others = {
  bare: await forkServer("bare-server"),
  next: await forkServer("next-server", { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  nginx: await startNginx(),
};
if (others.nginx === undefined)
  console.log("nginx is not installed (Debian: apt install nginx-light) and is left out");
try {
  const asked = process.argv.slice(2).map(Number);
  for (const extensions of asked.length > 0 ? asked : [1_000, 10_000]) await measureAll(extensions);
} finally {
  for (const { child } of [others.bare, others.next]) child.kill();
  await others.nginx?.stop();
}

async function measureAll(extensions: number): Promise<void> {
  console.log(`\n${extensions} extensions with ${VERSIONS} versions each`);
  const gantry = await forkServer("gantry-server", {}, [String(extensions), String(VERSIONS)]);
  try {
    let met = 0;
    for (const scenario of SCENARIOS) if (await measure(gantry, scenario)) met += 1;
    console.log(`${met} of ${SCENARIOS.length} met all targets`);
  } finally {
    gantry.child.disconnect();
  }
}

async function measure(gantry: ForkedServer, scenario: Scenario): Promise<boolean> {
  const { title, path, conditional, body, target } = scenario;
  const headers = { ...scenario.headers };
  const ask = (more: Record<string, string>) =>
    send(gantry.origin, path, {
      headers: { ...headers, ...more, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { method: "POST", body }),
    });
  const first = await ask({});
  if (conditional) headers["if-none-match"] = String(first.headers.etag);
  const answer = await ask(headers);
  await Promise.all([teach(others.bare, answer), teach(others.next, answer)]);
  const options = {
    path,
    headers,
    connections: CONNECTIONS,
    seconds: ROUND_SECONDS,
    ...(body === undefined ? {} : { body }),
  };
  const file =
    others.nginx && body === undefined && headers["accept-encoding"] === undefined ? others.nginx : undefined;
  const etag = await file?.teach(first.bytes);
  const samples: Record<"gantry" | "bare" | "next", Sample[]> = { gantry: [], bare: [], next: [] };
  const ofNginx: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.bare.push(await sample(others.bare, load, options));
    samples.gantry.push(await sample(gantry, load, options));
    samples.next.push(await sample(others.next, load, { ...options, path: "/answer" }));
    if (file) ofNginx.push(await loadNginx(file, conditional ? etag : undefined));
  }
  return report(title, answer, target, samples, ofNginx);
}

function loadNginx({ origin }: Nginx, etag: string | undefined): Promise<number> {
  const headers: Record<string, string> = etag === undefined ? {} : { "if-none-match": etag };
  return load.run({
    origin,
    path: "/answer.json",
    headers,
    connections: CONNECTIONS,
    seconds: ROUND_SECONDS,
  });
}

function report(
  title: string,
  { status, bytes }: Sent,
  target: number,
  samples: Record<"gantry" | "bare" | "next", Sample[]>,
  ofNginx: number[],
): boolean {
  const [ours, bare, next] = [medianOf(samples.gantry), medianOf(samples.bare), medianOf(samples.next)];
  const nginx = ofNginx.toSorted((a, b) => a - b)[Math.floor(ofNginx.length / 2)];
  const ofBare = ours.perSecond / bare.perSecond;
  const ofNext = ours.perSecond / next.perSecond;
  const isMet = ofBare >= target && ofNext >= NEXT_TARGET;
  const cpuOf = (other: Sample) => `by CPU ${(other.cpuMicros / ours.cpuMicros).toFixed(2)}×`;
  console.log(
    `${title} (${status}, ${bytes.byteLength} bytes): Gantry ${Math.round(ours.perSecond)}/s, ${ours.cpuMicros.toFixed(1)} µs CPU\n` +
      `  node:http ${Math.round(bare.perSecond)}/s, ${bare.cpuMicros.toFixed(1)} µs CPU = ${ofBare.toFixed(2)}×, ${cpuOf(bare)} (target ${target}×)\n` +
      `  Next ${Math.round(next.perSecond)}/s, ${next.cpuMicros.toFixed(1)} µs CPU = ${ofNext.toFixed(1)}×, ${cpuOf(next)} (target ${NEXT_TARGET}×)` +
      `${nginx === undefined ? "" : `\n  nginx ${Math.round(nginx)}/s = ${(ours.perSecond / nginx).toFixed(2)}×`}` +
      `\n  ${isMet ? "met" : "MISSED"}`,
  );
  return isMet;
}

async function teach({ child }: ForkedServer, { status, headers, bytes }: Sent): Promise<void> {
  const sent = ["content-type", "content-encoding", "etag"].flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, String(value)]];
  });
  const framing = status === 304 ? {} : { "content-length": String(bytes.byteLength) };
  child.send({
    status,
    headers: { ...Object.fromEntries(sent), ...framing },
    body: bytes.toString("base64"),
  } satisfies BenchAnswer);
  await once(child, "message");
}

function buildNextApp(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { status, stderr } = spawnSync("npx", ["next", "build", "tests/bench/next-app"], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Next could not build tests/bench/next-app: ${stderr}`);
}
