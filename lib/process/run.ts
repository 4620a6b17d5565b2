/** The life of one process: settings, log, signals, exit code. What runs inside it is `startGantry`. */

import { inspect } from "node:util";
import { type Env, readEnv } from "@/lib/platform/env";
import { isAppError } from "@/lib/platform/errors";
import { createLog, type Log, processLog } from "@/lib/platform/log";
import type { Ready } from "@/lib/process/initialize";
import type { CreatePages } from "@/lib/process/open-pages";
import { type Gantry, startGantry } from "@/lib/process/start";
import { startWatchdog } from "@/lib/process/watchdog";

/** A stop that hangs is forced after this time. */
const STOP_DEADLINE_MS = 8_000;

/** Runs until a signal arrives, then exits: 0 after a graceful stop, 1 after anything else. */
export async function run(pagesOf?: (env: Env) => CreatePages): Promise<void> {
  try {
    await serve(pagesOf);
  } catch (error) {
    process.stderr.write(`Gantry can't start. ${explained(error)}\n`);
    process.exit(1);
  }
}

/** For the person at the terminal. Unexpected errors are printed in full. */
function explained(error: unknown): string {
  return isAppError(error) ? `${error.message}\n${error.suggestion}` : inspect(error);
}

async function serve(pagesOf?: (env: Env) => CreatePages): Promise<void> {
  const env = readEnv();
  const log = createLog(env.logLevel);
  processLog.set(log);
  // In development, a breakpoint blocks the event loop on purpose.
  if (!env.development) startWatchdog(log);
  process.on("unhandledRejection", (err) => {
    log.fatal({ err }, "unhandled error; exiting so that a supervisor restarts the process");
    process.exit(1);
  });
  const gantry = await startGantry(env, log, pagesOf?.(env));
  stopOnSignal(gantry, log);
  const ready = await gantry.ready;
  if (ready) announce(gantry.url, env, ready);
}

/** The first signal stops gracefully, a second one exits at once. */
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
  // The parent process is gone, so nothing else would stop this process.
  process.on("disconnect", () => end("SIGTERM"));
  process.on("SIGINT", end);
}

/** Tells the person at the terminal where Gantry runs and how to set it up. */
function announce(url: string, env: Env, { setupLink }: Pick<Ready, "setupLink">): void {
  const storage = env.databaseUrl === undefined ? `the embedded database in ${env.dataDir}` : "PostgreSQL";
  const lines = [`Gantry runs at ${url} (${env.role}, on ${storage}).`];
  if (setupLink !== undefined) {
    lines.push("", "No admin exists yet. Open this one-time link to become the first:", `  ${setupLink}`);
  }
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
