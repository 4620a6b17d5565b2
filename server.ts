/** The process: settings, log, signals. What runs inside it is `lib/process`. */

import next from "next";
import { type Env, readEnv } from "@/lib/platform/env";
import { isAppError } from "@/lib/platform/errors";
import { createLog, processLog } from "@/lib/platform/log";
import { announce } from "@/lib/process/announce";
import { type CreatePages, startGantry } from "@/lib/process/start";

/** After this long a stop that hangs is ended by force. */
const STOP_DEADLINE_MS = 8_000;

await main().catch((error: unknown) => {
  if (isAppError(error)) console.error(`Gantry can't start. ${error.message}\n${error.suggestion ?? ""}`);
  else console.error("Gantry can't start:", error);
  process.exit(1);
});

async function main(): Promise<void> {
  const env = readEnv();
  const log = createLog(env.logLevel);
  processLog.set(log);
  process.on("unhandledRejection", (err) => {
    log.fatal({ err }, "an error that nobody handled; ending, so that a supervisor starts afresh");
    process.exit(1);
  });
  const gantry = await startGantry(env, log, pagesOf(env));
  const end = (signal: NodeJS.Signals) => {
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
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      end(signal);
    });
  }
  const up = await gantry.up;
  if (up) announce(gantry.url, env, up);
}

function pagesOf({ development }: Env): CreatePages {
  return async (httpServer, { host, port }) => {
    const app = next({ dev: development, hostname: host, port, httpServer });
    await app.prepare();
    return app.getRequestHandler();
  };
}
