/** One running Gantry: starts its parts in order and stops them in the opposite order. */

import { mkdir } from "node:fs/promises";
import type { Server } from "node:http";
import { type Catalog, catalog, createCatalog } from "@/lib/catalog/catalog";
import { createIdentity, identity } from "@/lib/identity/identity";
import { authSecret } from "@/lib/identity/set-up/auth-secret";
import { recognizeAccount } from "@/lib/identity/sign-in/recognize-account";
import { closeLayerThreads } from "@/lib/inspection/layers/layer-threads";
import { closeDrawing } from "@/lib/media/drawing/drawing";
import { drawingUser } from "@/lib/media/drawing/drawing-user";
import { systemClock } from "@/lib/platform/clock";
import type { Env } from "@/lib/platform/env";
import type { Log } from "@/lib/platform/log";
import { closeTaskThreads, taskThreads } from "@/lib/platform/threads/task-threads";
import { openAudit } from "@/lib/process/audit";
import { openCredentials } from "@/lib/process/credential-access";
import { type Engine, openEngine } from "@/lib/process/engine";
import { closeHttpServer } from "@/lib/process/http-server";
import { initialize, type Ready } from "@/lib/process/initialize";
import { type MediaAccess, openMediaAccess } from "@/lib/process/media-access";
import { type CreatePages, openPages } from "@/lib/process/open-pages";
import { openServer } from "@/lib/process/open-server";
import { createPageLimits } from "@/lib/process/pages/page-limits";
import { openRegistryAccess, type RegistryAccess } from "@/lib/process/registry-access";
import type { Progress } from "@/lib/process/start-progress";
import { StopStack } from "@/lib/process/stop-stack";
import { allows } from "@/lib/registry/registries";
import { createPreflights, preflights } from "@/lib/scanning/preflight/preflights";

export type Gantry = {
  /** The public URL of this instance. */
  url: string;
  /** Resolves once writes work; with undefined if Gantry is stopped first. */
  ready: Promise<Ready | undefined>;
  /** Finishes running work and releases everything. Safe to call twice. */
  stop(): Promise<void>;
};

const STOP_GRACE_MS = 3_000;

/**
 * Resolves when the server listens and serves public reads from the copy on disk, if there is one. Writes work once
 * `ready` resolves. Throws `configuration` for settings that an operator must fix, after releasing what it opened.
 */
export async function startGantry(
  env: Env,
  log: Log,
  createPages?: CreatePages,
  pageLimits = createPageLimits({ recognize: (cookie) => recognizeAccount(identity.peek(), cookie) }),
): Promise<Gantry> {
  const stops = new StopStack();
  try {
    const access = await openAccess(env, log, stops);
    const progress: Progress = { stopping: new AbortController() };
    const { server, url, port } = await openServer({
      env,
      log,
      catalog: access.catalog,
      progress,
      pageLimits,
    });
    stops.push(() => closeHttpServer(server, STOP_GRACE_MS));
    await access.catalog.start();
    stops.push(() => access.catalog.stop());
    const { ready } = await openServices(env, log, { access, progress, url });
    stops.push(() => stopServing(server, ready));
    stops.push(() => progress.stopping.abort());
    if (createPages && env.role !== "worker") {
      const pages = await createPages({ host: env.host, port });
      openPages(pages, { env, log, catalog: access.catalog, progress, server, url });
    }
    return { url, ready, stop: () => stops.stop() };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

type Access = { registry: RegistryAccess; engine: Engine; media: MediaAccess; catalog: Catalog };

/** Opens access to registries, the database and images, and sets the singletons that read them. */
async function openAccess(env: Env, log: Log, stops: StopStack): Promise<Access> {
  await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
  // Created in the server's module graph, so that Next's finds the threads and does not search a bundle for their
  // program.
  taskThreads();
  const registry = await openRegistryAccess(env, log);
  stops.push(() => registry.close());
  const engine = await openEngine(env, log);
  stops.push(() => engine.close());
  const media = await openMediaAccess(env);
  stops.push(async () => {
    await media.close();
    closeLayerThreads();
    closeTaskThreads();
    closeDrawing();
  });
  noteSharedUser(log);
  const { client, table } = registry;
  preflights.set(createPreflights({ client, registries: table, media: media.port }));
  const opened = createCatalog({ db: engine.db, clock: systemClock, log, dataDir: env.dataDir });
  catalog.set(opened);
  return { registry, engine, media, catalog: opened };
}

type ServicesOptions = { access: Access; progress: Progress; url: string };

/** Starts what needs the database. `ready` can take long, because the database may be unavailable. */
async function openServices(
  env: Env,
  log: Log,
  { access: { registry, engine, media }, progress, url }: ServicesOptions,
): Promise<Pick<Gantry, "ready">> {
  const secret = await authSecret(env);
  const own = createIdentity({ url, secret, dataDir: env.dataDir }, engine.db);
  const audit = openAudit(env, secret);
  await openCredentials(env, secret, registry);
  const acceptsRegistry = (host: string) => allows(registry.table, host);
  const { client } = registry;
  const initializing = initialize(
    { env, log, engine, identity: own, client, media: media.port, audit, acceptsRegistry },
    progress.stopping.signal,
    () => {
      progress.refused = true;
    },
  );
  const ready = initializing.then((started) => {
    progress.ready = started;
    return started;
  });
  return { ready };
}

async function stopServing(server: Server, initializing: Gantry["ready"]): Promise<void> {
  const ready = await initializing.catch(() => undefined);
  await Promise.all([
    closeHttpServer(server, STOP_GRACE_MS),
    ready?.worker?.stop(),
    ready?.checkpoints.stop(),
    ready?.services.queue.stop(),
  ]);
}

/** Tells operators when images are decoded by a process that can read the data folder. */
function noteSharedUser(log: Log): void {
  const user = drawingUser();
  if (user.kind === "shared") log.info({ why: user.why }, "images are rendered as the user of the server");
}
