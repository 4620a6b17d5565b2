/** The life of one process: settings, log, signals, exit code. What runs inside it is `startGantry`. */

import { inspect } from "node:util";
import { type Env, readEnv } from "@/lib/platform/env";
import { isAppError } from "@/lib/platform/errors";
import { createLog, type Log, processLog } from "@/lib/platform/log";
import type { Ready } from "@/lib/process/initialize";
import type { CreatePages } from "@/lib/process/open-pages";
import { type Gantry, startGantry } from "@/lib/process/start";
import { startWatchdog } from "@/lib/process/watchdog";

/** After this long a stop that hangs is ended by force. */
const STOP_DEADLINE_MS = 8_000;

/** Runs until a signal comes, and ends the process then: 0 after a tidy stop, 1 after anything else. */
export async function run(pagesOf?: (env: Env) => CreatePages): Promise<void> {
  try {
    await serve(pagesOf);
  } catch (error) {
    process.stderr.write(`Gantry can't start. ${explained(error)}\n`);
    process.exit(1);
  }
}

/** For the person at the terminal; what is not ours to explain comes whole. */
function explained(error: unknown): string {
  return isAppError(error) ? `${error.message}\n${error.suggestion}` : inspect(error);
}

async function serve(pagesOf?: (env: Env) => CreatePages): Promise<void> {
  const env = readEnv();
  const log = createLog(env.logLevel);
  processLog.set(log);
  // In development a breakpoint stands still on purpose.
  if (!env.development) startWatchdog(log);
  process.on("unhandledRejection", (err) => {
    log.fatal({ err }, "an error that nobody handled; ending, so that a supervisor starts afresh");
    process.exit(1);
  });
  const gantry = await startGantry(env, log, pagesOf?.(env));
  stopOnSignal(gantry, log);
  const ready = await gantry.ready;
  if (ready) announce(gantry.url, env, ready);
}

/** The first signal stops tidily, a second one at once. */
function stopOnSignal(gantry: Gantry, log: Log): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    gantry.stop().then(
      () => process.exit(0),
      (err) => {
        log.error({ err }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  // The program that started this process is gone, and nobody would end it any more.
  process.on("disconnect", () => end("SIGTERM"));
  process.on("SIGINT", end);
}

/** Tells the person at the terminal where Gantry runs and how to set it up. */
function announce(url: string, env: Env, { setupLink }: Pick<Ready, "setupLink">): void {
  const storage = env.databaseUrl === undefined ? `the embedded database in ${env.dataDir}` : "PostgreSQL";
  const lines = [`Gantry runs at ${url} (${env.role}, on ${storage}).`];
  if (setupLink !== undefined) {
    lines.push("", "There is no admin yet. Open this link once to become the first:", `  ${setupLink}`);
  }
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
