/** Gantry with its pages as it runs in production, over a catalog of 200 extensions with five versions each. */

import next from "next";
import { catalog } from "@/lib/catalog/catalog";
import { database } from "@/lib/platform/db/database";
import { readEnv } from "@/lib/platform/env";
import { createLog, processLog } from "@/lib/platform/log";
import type { CreatePages } from "@/lib/process/open-pages";
import { NO_PAGE_LIMITS } from "@/lib/process/pages/page-limits";
import { startGantry } from "@/lib/process/start";
import { serverForNext } from "@/lib/process/unusual-requests";
import { writeBenchExtensions } from "@/tests/bench/extensions";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const folder = temporaryFolder("bench-pages");
const env = readEnv({
  NODE_ENV: "production",
  PORT: "0",
  GANTRY_DATA_DIR: folder.path,
  GANTRY_LOG_LEVEL: "warn",
});
const log = createLog(env.logLevel);
processLog.set(log);
const createPages: CreatePages = async ({ host, port }) => {
  const app = next({ dev: false, hostname: host, port, httpServer: serverForNext().httpServer });
  await app.prepare();
  return { handle: app.getRequestHandler() };
};
const gantry = await startGantry(env, log, createPages, NO_PAGE_LIMITS);
await gantry.ready;
await writeBenchExtensions(database.get());
await catalog.get().refresh();

process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => {
  void gantry.stop().finally(() => {
    folder.remove();
    process.exit();
  });
});
process.send?.(new URL(gantry.url).port);
