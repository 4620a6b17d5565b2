/** The API over real HTTP on a catalog of the test's own, without anything that writes. */

import { createServer } from "node:http";
import { createApi } from "@/lib/api/api";
import type { Authenticate } from "@/lib/api/caller";
import { createClientAddress } from "@/lib/api/requests/client-address";
import type { Route } from "@/lib/api/route";
import { securityContacts } from "@/lib/api/security-text";
import { type Catalog, catalog, createCatalog } from "@/lib/catalog/catalog";
import { ANONYMOUS, systemActor } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import type { Clock } from "@/lib/platform/clock";
import { systemClock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import { AppError } from "@/lib/platform/errors";
import { instanceUrl } from "@/lib/platform/instance-url";
import type { Queue } from "@/lib/platform/queue";
import { testAudit } from "@/tests/support/audit";
import { openTestDatabase } from "@/tests/support/databases/database";
import { keptLog, type LogLine } from "@/tests/support/kept-log";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { listen } from "@/tests/support/processes/listen";
import { type SendOptions, type Sent, send } from "@/tests/support/send";

export type PublicApi = {
  origin: string;
  db: Database;
  catalog: Catalog;
  logLines: LogLine[];
  send(path: string, options?: SendOptions): Promise<Sent>;
  close(): Promise<void>;
};

export type PublicApiOptions = {
  clock?: Clock;
  routes?: readonly Route[];
  logLevel?: "debug" | "info";
  /** An hour unless told otherwise: tests say themselves when to look. */
  pollMs?: number;
  /** A database that is not the embedded one; the caller closes it. */
  db?: Database;
};

/** `Authorization: Bearer system` is the system; any other token is wrong. */
const authenticate: Authenticate = async (request) => {
  const authorization = request.header("authorization");
  if (authorization === undefined) return ANONYMOUS;
  if (authorization === "Bearer system") return systemActor("test");
  throw new AppError("token_invalid", "The API token is unknown here.", { suggestion: "Send another one." });
};

export async function startPublicApi(options: PublicApiOptions = {}): Promise<PublicApi> {
  const { clock = systemClock, routes, logLevel = "debug", pollMs = 3_600_000 } = options;
  const { db, close } = options.db
    ? { db: options.db, close: async () => undefined }
    : await openTestDatabase("pglite");
  const folder = temporaryFolder("api");
  const { log, lines } = keptLog(logLevel);
  const made = createCatalog({ db, clock, log, dataDir: folder.path, pollMs });
  catalog.set(made);
  services.set({ db, clock, queue: NO_QUEUE, audit: testAudit(), acceptsRegistry: () => false });
  instanceUrl.set("https://gantry.example");
  securityContacts.set(["mailto:security@gantry.example"]);
  await made.start();
  const api = createApi({
    catalog: made,
    authenticate,
    log,
    https: false,
    clientAddress: createClientAddress([]),
    ...(routes ? { routes } : {}),
  });
  const server = await listen(
    createServer((req, res) => {
      if (api.handle(req, res) === false) res.writeHead(418).end();
    }),
  );
  return {
    origin: server.origin,
    db,
    catalog: made,
    logLines: lines,
    send: (path, sendOptions) => send(server.origin, path, sendOptions),
    async close() {
      await server.stop();
      await made.stop();
      await close();
      folder.remove();
    },
  };
}

const NO_QUEUE: Queue = {
  send: () => Promise.reject(new Error("nothing here sends jobs")),
  waiting: async () => 0,
  work: () => Promise.reject(new Error("nothing here works on jobs")),
  stop: async () => undefined,
};
