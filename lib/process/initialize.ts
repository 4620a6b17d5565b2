/**
 * The part of the start that needs the database. It is retried until the database responds; until then the catalog is
 * served from disk.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { type Identity, identity } from "@/lib/identity/identity";
import { ensureSetupToken } from "@/lib/identity/set-up/setup-token";
import { systemActor } from "@/lib/journal/actor";
import { type Services, services } from "@/lib/journal/context";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import { updateShippedReleases } from "@/lib/marketplace/desktop-releases/update-shipped-releases";
import { JOB_KINDS } from "@/lib/marketplace/jobs";
import { followListingRules } from "@/lib/marketplace/publishing/listing-rules";
import type { MediaPort } from "@/lib/media/media-port";
import { systemClock } from "@/lib/platform/clock";
import { database } from "@/lib/platform/db/database";
import type { Env } from "@/lib/platform/env";
import { hasCode } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";
import { startQueue } from "@/lib/platform/queue";
import { type CheckpointTimer, startCheckpoints } from "@/lib/process/audit";
import type { Engine } from "@/lib/process/engine";
import type { RegistryClient } from "@/lib/registry/client";
import { startWorker, type Worker } from "@/lib/scanning/worker";

export type InitializeOptions = {
  env: Env;
  log: Log;
  engine: Engine;
  identity: Identity;
  client: RegistryClient;
  media: MediaPort;
  audit: Services["audit"];
  acceptsRegistry(host: string): boolean;
};

export type Ready = {
  services: Services;
  worker: Worker | undefined;
  checkpoints: CheckpointTimer;
  /** The one-time setup link while no admin exists. */
  setupLink: string | undefined;
};

const RETRY_MS = 1_000;

/** Undefined when `signal` aborts before the database responds. Calls `refused` when the first attempt fails. */
export async function initialize(
  options: InitializeOptions,
  signal: AbortSignal,
  refused: () => void,
): Promise<Ready | undefined> {
  for (let waiting = false; !signal.aborted; waiting = true) {
    try {
      return await initializeOnce(options);
    } catch (err) {
      // Retrying helps neither with the embedded engine nor with a configuration error.
      if (options.engine.db.engine === "pglite" || hasCode(err, "configuration")) throw err;
      refused();
      if (!waiting)
        options.log.warn({ err }, "the database is unavailable; serving the catalog from disk and retrying");
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

async function initializeOnce({
  env,
  log,
  engine,
  client,
  media,
  audit,
  acceptsRegistry,
  ...options
}: InitializeOptions): Promise<Ready> {
  const { db } = engine;
  await engine.migrate();
  await seedDesktopReleases(db);
  await followListingRules({ db, clock: systemClock });
  const jobs = await startQueue({
    db,
    log,
    kinds: JOB_KINDS,
    maintain: env.role !== "web",
    alone: env.databaseUrl === undefined,
  });
  try {
    const up: Services = { db, queue: jobs, clock: systemClock, audit, acceptsRegistry };
    await updateShippedReleases({ ...up, actor: systemActor("upgrade"), requestId: undefined });
    const setupLink =
      env.role === "worker" ? undefined : await ensureSetupToken({ ...up, identity: options.identity });
    const work = { services: up, client, media, scanIntervalSeconds: env.scanIntervalSeconds, log };
    const worker = env.role === "web" ? undefined : await startWorker(work);
    fillSlots(up, options.identity);
    return { services: up, worker, checkpoints: startCheckpoints(up, log), setupLink };
  } catch (error) {
    await jobs.stop();
    throw error;
  }
}

/** Makes the services available to route handlers and server actions, in both module graphs. */
function fillSlots(up: Services, own: Identity): void {
  database.set(up.db);
  identity.set(own);
  services.set(up);
}
