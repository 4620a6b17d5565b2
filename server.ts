/** The program: `lib/process` with Next's pages. */

import next from "next";
import type { Env } from "@/lib/platform/env";
import type { CreatePages } from "@/lib/process/open-pages";
import { run } from "@/lib/process/run";
import { serverForNext } from "@/lib/process/unusual-requests";

await run(pagesOf);

function pagesOf({ development }: Env): CreatePages {
  return async ({ host, port }) => {
    const { httpServer, takeUpgrade } = serverForNext();
    const app = next({ dev: development, hostname: host, port, httpServer });
    await app.prepare();
    return { handle: app.getRequestHandler(), takeUpgrade: development ? takeUpgrade : undefined };
  };
}
