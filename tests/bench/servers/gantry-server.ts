/** The API as it runs in production: `gantry-server.ts <extensions> <versions>`. */

import { createServer } from "node:http";
import { createApi } from "@/lib/api/api";
import { createClientAddress } from "@/lib/api/requests/client-address";
import { catalog } from "@/lib/catalog/catalog";
import { ANONYMOUS } from "@/lib/journal/actor";
import { createLog } from "@/lib/platform/log";
import { madeCatalog } from "@/tests/bench/made-catalog";
import { listen } from "@/tests/support/processes/listen";

const [extensions = 0, versions = 0] = process.argv.slice(2).map(Number);
const made = await madeCatalog(extensions, versions);
catalog.set(made.catalog);
const api = createApi({
  catalog: made.catalog,
  authenticate: async () => ANONYMOUS,
  log: createLog("info"),
  https: false,
  clientAddress: createClientAddress([]),
  unlimited: true,
});
const server = await listen(
  createServer((req, res) => {
    if (api.handle(req, res) === false) res.writeHead(404).end();
  }),
);

process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => {
  void server
    .stop()
    .then(made.close)
    .finally(() => process.exit());
});
process.send?.(server.port);
