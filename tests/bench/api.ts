/**
 * How fast public reads are, next to a bare node:http server that sends the same bytes: both run as processes of
 * their own and are asked in turns, so that what else the machine does hits both alike.
 */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { BareAnswer } from "@/tests/bench/bare-server";
import { loadGenerator } from "@/tests/bench/load";
import { send } from "@/tests/support/send";

type Scenario = { title: string; path: string; headers: Record<string, string>; conditional?: true };

const EXTENSION = "/api/v1/extensions/acme/extension-007";
const PAGE = "/api/v1/extensions?limit=50";
const GZIP = { "accept-encoding": "gzip" };

const SCENARIOS: readonly Scenario[] = [
  { title: "one extension", path: EXTENSION, headers: {} },
  { title: "one extension, gzip", path: EXTENSION, headers: GZIP },
  { title: "a page of 50", path: PAGE, headers: {} },
  { title: "a page of 50, gzip", path: PAGE, headers: GZIP },
  { title: "one extension, 304", path: EXTENSION, headers: {}, conditional: true },
];

const ROUNDS = 5;
const ROUND_SECONDS = 2;
const CONNECTIONS = 32;
const TARGET = 0.7;

const load = loadGenerator();
console.log(
  `${load.name}, ${CONNECTIONS} connections, ${ROUNDS} × ${ROUND_SECONDS} s each in turns; target ≥ ${TARGET}×\n`,
);
const gantry = await start("gantry-server");
const bare = await start("bare-server");
try {
  let met = 0;
  for (const scenario of SCENARIOS) if (await measure(scenario)) met += 1;
  console.log(`\n${met} of ${SCENARIOS.length} met the target`);
} finally {
  for (const { child } of [gantry, bare]) child.kill();
}

async function measure({ title, path, headers, conditional }: Scenario): Promise<boolean> {
  const first = await send(gantry.origin, path, { headers });
  const asked = conditional ? { ...headers, "if-none-match": String(first.headers.etag) } : headers;
  const answer = await send(gantry.origin, path, { headers: asked });
  await teach({
    status: answer.status,
    body: answer.bytes.toString("base64"),
    headers: conditional
      ? { etag: String(answer.headers.etag) }
      : {
          "content-type": String(answer.headers["content-type"]),
          "content-length": String(answer.bytes.byteLength),
        },
  });
  const samples: { bare: Sample[]; gantry: Sample[] } = { bare: [], gantry: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.bare.push(await sample(bare, path, asked));
    samples.gantry.push(await sample(gantry, path, asked));
  }
  const rate = ratioOf(samples, ({ perSecond }) => perSecond);
  const cpu = ratioOf(samples, ({ cpuMicros }) => cpuMicros);
  const isMet = rate.ours / rate.theirs >= TARGET;
  console.log(
    `${title} (${answer.status}, ${answer.bytes.byteLength} bytes): Gantry ${Math.round(rate.ours)}/s, ` +
      `node:http ${Math.round(rate.theirs)}/s = ${(rate.ours / rate.theirs).toFixed(2)}× ${isMet ? "met" : "MISSED"}; ` +
      `CPU per request ${cpu.ours.toFixed(1)} µs against ${cpu.theirs.toFixed(1)} µs`,
  );
  return isMet;
}

/** The CPU time is the server's own, so it says the same on a machine that is busy with other things. */
type Sample = { perSecond: number; cpuMicros: number };
type Server = { child: ChildProcess; origin: string };

async function sample(server: Server, path: string, headers: Record<string, string>): Promise<Sample> {
  const before = await cpuMicros(server);
  const options = { origin: server.origin, path, headers, connections: CONNECTIONS, seconds: ROUND_SECONDS };
  const perSecond = await load.run(options);
  return { perSecond, cpuMicros: ((await cpuMicros(server)) - before) / (perSecond * ROUND_SECONDS) };
}

async function cpuMicros({ child }: Server): Promise<number> {
  child.send("usage");
  const [usage] = await once(child, "message");
  return usage.user + usage.system;
}

function ratioOf(
  samples: { bare: readonly Sample[]; gantry: readonly Sample[] },
  pick: (one: Sample) => number,
): { ours: number; theirs: number } {
  return { ours: median(samples.gantry.map(pick)), theirs: median(samples.bare.map(pick)) };
}

async function start(name: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const [port] = await once(child, "message");
  return { child, origin: `http://127.0.0.1:${port}` };
}

async function teach(answer: BareAnswer): Promise<void> {
  bare.child.send(answer);
  await once(bare.child, "message");
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
