/** Servers under load as processes of their own, and what they did with their CPU meanwhile. */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LoadGenerator, LoadOptions } from "@/tests/bench/load";

export type ForkedServer = { child: ChildProcess; origin: string };

/** The CPU time is the server's own, so it says the same on a machine that is busy with other things. */
export type Sample = { perSecond: number; cpuMicros: number };

/** `name`: a file in `servers` that sends its port when it is up, and its `process.cpuUsage()` when asked. */
export async function forkServer(
  name: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<ForkedServer> {
  const child = fork(fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url)), [...args], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...env },
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} ended before it was up`);
  });
  const [port] = await Promise.race([once(child, "message"), ended]);
  ended.catch(() => undefined);
  return { child, origin: `http://127.0.0.1:${port}` };
}

/** Each sample's CPU time is per request. */
export async function sample(
  server: ForkedServer,
  load: LoadGenerator,
  options: Omit<LoadOptions, "origin">,
): Promise<Sample> {
  const before = await cpuMicros(server);
  const perSecond = await load.run({ ...options, origin: server.origin });
  return { perSecond, cpuMicros: ((await cpuMicros(server)) - before) / (perSecond * options.seconds) };
}

export function medianOf(samples: readonly Sample[]): Sample {
  return {
    perSecond: median(samples.map(({ perSecond }) => perSecond)),
    cpuMicros: median(samples.map((one) => one.cpuMicros)),
  };
}

async function cpuMicros({ child }: ForkedServer): Promise<number> {
  child.send("usage");
  const [usage] = await once(child, "message");
  return usage.user + usage.system;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
