/** Programs that a test starts as processes of their own, and may kill. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endWithUs } from "@/tests/support/processes/left-behind";
import { createOutputLog, type OutputLog } from "@/tests/support/processes/output-log";

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type Child = {
  pid: number;
  /** What it wrote so far, to both streams. */
  output(): string;
  /** The first match in its output, also in what it wrote before the call; fails when it ends or `timeoutMs` passes first. */
  line(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** The first http(s) address that it prints. */
  url(timeoutMs?: number): Promise<string>;
  exited: Promise<Exit>;
  signal(name: NodeJS.Signals): void;
  /** Ends it and everything it started at once, as `kill -9` does. */
  kill(): Promise<Exit>;
  /** Asks it to end, and kills it when it has not after `timeoutMs`. */
  stop(signal?: NodeJS.Signals, timeoutMs?: number): Promise<Exit>;
};

export type ChildOptions = {
  cwd?: string;
  /** Added to our environment, without what the test runner put there. */
  env?: Record<string, string | undefined>;
  uid?: number;
  gid?: number;
  /** What ends it tidily when the tests are gone. */
  endSignal?: NodeJS.Signals;
};

const TIMEOUT_MS = 30_000;
const RUNNER_VARIABLES = /^(VITEST|NODE_ENV$|NODE_OPTIONS$|TEST$|PLAYWRIGHT|npm_)/;
const CHECKOUT = fileURLToPath(new URL("../../../", import.meta.url));

/** Starts a program in a process group of its own. It never outlives the tests. */
export async function startChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<Child> {
  const { endSignal = "SIGTERM", env = {}, cwd = CHECKOUT, ...identity } = options;
  const child = spawn(command, args, {
    ...identity,
    cwd,
    env: processEnv({ ...plainEnvironment(), ...env }),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  await once(child, "spawn");
  const pid = pidOf(child);
  const forget = endWithUs(pid, endSignal);
  const output = createOutputLog(`${command} (process ${pid})`);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", output.append);
  const exited = once(child, "close").then(([code, signal]): Exit => {
    forget();
    output.end();
    return { code, signal };
  });
  return { pid, output: output.text, exited, ...waysToWait(output), ...waysToEnd(pid, exited, endSignal) };
}

function waysToWait(output: OutputLog): Pick<Child, "line" | "url"> {
  const line = (pattern: RegExp, timeoutMs = TIMEOUT_MS) => output.match(pattern, timeoutMs);
  return { line, url: async (timeoutMs) => (await line(/https?:\/\/[^\s"']+/, timeoutMs))[0] };
}

function waysToEnd(
  pid: number,
  exited: Promise<Exit>,
  endSignal: NodeJS.Signals,
): Pick<Child, "signal" | "kill" | "stop"> {
  const signal = (name: NodeJS.Signals): void => signalGroup(pid, name);
  return {
    signal,
    async kill() {
      signal("SIGKILL");
      return exited;
    },
    async stop(name = endSignal, timeoutMs = TIMEOUT_MS) {
      signal(name);
      const timer = setTimeout(() => signal("SIGKILL"), timeoutMs);
      return exited.finally(() => clearTimeout(timer));
    },
  };
}

/** Next's types say that NODE_ENV is always set; a child may well start without it. */
function processEnv(env: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return env as NodeJS.ProcessEnv;
}

/** A process that has emitted "spawn" has an id. */
function pidOf(child: ChildProcess): number {
  return child.pid as number;
}

/** Ours, without the marks of the test runner: a server started here must not believe that it is under test. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (RUNNER_VARIABLES.test(name)) delete env[name];
  return env;
}

/** A group that has already ended is what the caller wanted. */
function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
