/** The program: `lib/process` with Next's pages. */

import { createServer } from "node:http";
import next from "next";
import type { Env } from "@/lib/platform/env";
import { run } from "@/lib/process/run";
import type { CreatePages } from "@/lib/process/start";

await run(pagesOf);

function pagesOf({ development }: Env): CreatePages {
  return async ({ host, port }) => {
    // Next adds an `upgrade` listener to this server at its first page, or to the real one if it is given none. That
    // listener leaves the sockets of unknown paths open without a timeout, so it only gets what development needs.
    const httpServer = createServer();
    const app = next({ dev: development, hostname: host, port, httpServer });
    await app.prepare();
    return {
      handle: app.getRequestHandler(),
      takeUpgrade: development ? (...upgrade) => httpServer.emit("upgrade", ...upgrade) : undefined,
    };
  };
}
