/** Puts Next's pages behind the server, with the page cache in front of them. */

import type { Server } from "node:http";
import type { Catalog } from "@/lib/catalog/catalog";
import { isKnownHost as isKnown } from "@/lib/catalog/known-host";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { systemClock } from "@/lib/platform/clock";
import type { Env } from "@/lib/platform/env";
import type { Log } from "@/lib/platform/log";
import { PageCache } from "@/lib/process/page-cache/page-cache";
import { createRenderPage } from "@/lib/process/page-cache/render-page";
import { createServeCachedPage, type ServeCachedPage } from "@/lib/process/page-cache/serve-cached-page";
import type { PageHandler, Pages } from "@/lib/process/page-handler";
import { currentSnapshot, type Progress } from "@/lib/process/start-progress";
import { passHotReload } from "@/lib/process/unusual-requests";

export type CreatePages = (address: { host: string; port: number }) => Promise<Pages>;

export type OpenPagesOptions = {
  env: Env;
  log: Log;
  catalog: Catalog;
  progress: Progress;
  server: Server;
  url: string;
};

export function openPages(pages: Pages, options: OpenPagesOptions): void {
  const { env, log, catalog, progress, server, url } = options;
  progress.pages = pages.handle;
  if (pages.takeUpgrade) passHotReload(server, pages.takeUpgrade);
  // In development, code changes would stay invisible until the next snapshot.
  if (env.development) return;
  const snapshot = () => (progress.ready ? currentSnapshot(catalog) : undefined);
  progress.serveCachedPage = cachePages(pages.handle, url, log, snapshot);
}

function cachePages(
  pages: PageHandler,
  url: string,
  log: Log,
  snapshot: () => Snapshot | undefined,
): ServeCachedPage {
  const render = createRenderPage(pages, url);
  const isKnownHost = (host: HostChoice) => {
    const releases = snapshot()?.evaluation.releases;
    return releases !== undefined && isKnown(releases, host);
  };
  return createServeCachedPage(
    new PageCache({ render, snapshot, isKnownHost, clock: systemClock, log }),
    url,
  );
}
