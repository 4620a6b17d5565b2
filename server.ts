/** The program: `lib/process` with Next's pages. */

import next from "next";
import type { Env } from "@/lib/platform/env";
import { run } from "@/lib/process/run";
import type { CreatePages } from "@/lib/process/start";

await run(pagesOf);

function pagesOf({ development }: Env): CreatePages {
  return async (httpServer, { host, port }) => {
    const app = next({ dev: development, hostname: host, port, httpServer });
    await app.prepare();
    return app.getRequestHandler();
  };
}
