/** One running Gantry: what is started in which order, and stopped in the opposite one. */

import { mkdir } from "node:fs/promises";
import { createApi } from "@/lib/api/api";
import { openApiDocument } from "@/lib/api/openapi/document";
import { createOrigins } from "@/lib/api/origins";
import { createClientAddress, createTrust } from "@/lib/api/requests/client-address";
import { securityContacts } from "@/lib/api/security-text";
import { ROUTES } from "@/lib/api/table";
import { apiContract } from "@/lib/catalog/api-contract";
import { type Catalog, catalog, createCatalog } from "@/lib/catalog/catalog";
import { isKnownHost as isKnown } from "@/lib/catalog/known-host";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { createIdentity, identity } from "@/lib/identity/identity";
import { authSecret } from "@/lib/identity/set-up/auth-secret";
import { recognizeAccount } from "@/lib/identity/sign-in/recognize-account";
import { closeLayerThreads } from "@/lib/inspection/layers/layer-threads";
import { closeDrawing } from "@/lib/media/drawing/drawing";
import { drawingUser } from "@/lib/media/drawing/drawing-user";
import { systemClock } from "@/lib/platform/clock";
import type { Env } from "@/lib/platform/env";
import { hasCode } from "@/lib/platform/errors";
import { instanceUrl } from "@/lib/platform/instance-url";
import type { Log } from "@/lib/platform/log";
import { closeTaskThreads, taskThreads } from "@/lib/platform/threads/task-threads";
import { openAudit } from "@/lib/process/audit";
import { authenticateApiRequest, recognizeApiRequest } from "@/lib/process/authenticate-api-request";
import { bringUp, type Up } from "@/lib/process/bring-up";
import { type ConnectionLimits, connectionLimits, openFilesMax } from "@/lib/process/connections";
import { openEngine } from "@/lib/process/engine";
import { closeHttpServer, createHttpServer, listen } from "@/lib/process/http-server";
import { noteIgnoredProxy } from "@/lib/process/ignored-proxy";
import { openMediaAccess } from "@/lib/process/media-access";
import { type AnswerKeptPage, createAnswerKeptPage } from "@/lib/process/page-cache/answer-kept-page";
import { PageCache } from "@/lib/process/page-cache/page-cache";
import { createRenderPage } from "@/lib/process/page-cache/render-page";
import type { PageHandler, Pages } from "@/lib/process/page-handler";
import { createPageLimits } from "@/lib/process/pages/page-limits";
import { openRegistryAccess } from "@/lib/process/registry-access";
import { passHotReload } from "@/lib/process/unusual-requests";
import { allows } from "@/lib/registry/registries";
import { createPreflights, preflights } from "@/lib/scanning/preflight/preflights";

export type Gantry = {
  /** How the outside calls this instance. */
  url: string;
  /** Resolves once writes work; with undefined when it is stopped before. */
  up: Promise<Up | undefined>;
  /** Finishes what runs and lets go of everything. Safe to call twice. */
  stop(): Promise<void>;
};

export type CreatePages = (address: { host: string; port: number }) => Promise<Pages>;

const STOP_GRACE_MS = 3_000;

/**
 * Resolves when the server listens and public reads are answered from the copy on disk, if there is one. Writes begin
 * with `up`. Throws `configuration` for what a person has to change first.
 */
export async function startGantry(
  env: Env,
  log: Log,
  createPages?: CreatePages,
  pageLimits = createPageLimits({ recognize: (cookie) => recognizeAccount(identity.peek(), cookie) }),
): Promise<Gantry> {
  await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
  // The server's module graph makes them, so that Next's finds them and does not look for the program in a bundle.
  taskThreads();
  const access = await openRegistryAccess(env, log);
  const { table, client } = access;
  const engine = await openEngine(env, log);
  const media = await openMediaAccess(env);
  sayWhoDraws(log);
  preflights.set(createPreflights({ ...access.withoutCredentials, media: media.port }));
  const stopping = new AbortController();
  const shown = createCatalog({ db: engine.db, clock: systemClock, log, dataDir: env.dataDir });
  catalog.set(shown);
  let pages: PageHandler | undefined;
  let keptPages: AnswerKeptPage | undefined;
  let up: Up | undefined;
  let refused = false;
  const clientAddress = createClientAddress(env.trustedProxies, noteIgnoredProxy(log));
  const server = createHttpServer({
    api:
      env.role === "worker"
        ? undefined
        : createApi({
            catalog: shown,
            authenticate: authenticateApiRequest,
            recognize: recognizeApiRequest,
            origins: createOrigins(env.allowedOrigins, () => instanceUrl.peek()),
            log,
            https: env.url?.startsWith("https:") ?? false,
            clientAddress,
          }),
    pages: () => pages,
    keptPages: () => keptPages,
    pageLimits,
    health: {
      snapshot: () => snapshotId(shown),
      settled: () => shown.settled() && (up !== undefined || refused),
      writable: () => up !== undefined && !stopping.signal.aborted,
      stopping: () => stopping.signal.aborted,
    },
    clientAddress,
    connections: connectionLimitsOf(env, log),
    development: env.development,
    get url() {
      return url;
    },
    log,
  });
  const port = await listen(server, env.host, env.port);
  const url = env.url ?? `http://${env.host.includes(":") ? `[${env.host}]` : env.host}:${port}`;
  instanceUrl.set(url);
  securityContacts.set(env.securityContacts);
  apiContract.set(() => openApiDocument(ROUTES));
  await shown.start();
  const secret = await authSecret(env);
  const own = createIdentity({ url, secret, dataDir: env.dataDir });
  const audit = openAudit(env, secret);
  const acceptsRegistry = (host: string) => allows(table, host);
  const rising = bringUp(
    { env, log, engine, identity: own, client, media: media.port, audit, acceptsRegistry },
    stopping.signal,
    () => {
      refused = true;
    },
  ).then((risen) => {
    up = risen;
    return risen;
  });
  if (createPages && env.role !== "worker") {
    const created = await createPages({ host: env.host, port });
    pages = created.handle;
    if (created.takeUpgrade) passHotReload(server, created.takeUpgrade);
    // In development each change of the code would need a new snapshot to be seen.
    if (!env.development) keptPages = keepPages(pages, url, log, () => (up ? currentOf(shown) : undefined));
  }
  let stopped: Promise<void> | undefined;
  return {
    url,
    up: rising,
    stop() {
      stopped ??= (async () => {
        stopping.abort();
        const risen = await rising.catch(() => undefined);
        await Promise.all([
          closeHttpServer(server, STOP_GRACE_MS),
          risen?.worker?.stop(),
          risen?.checkpoints.stop(),
          risen?.services.queue.stop(),
        ]);
        await shown.stop();
        await access.close();
        await media.close();
        closeLayerThreads();
        closeTaskThreads();
        closeDrawing();
        await engine.close();
      })();
      return stopped;
    },
  };
}

function connectionLimitsOf({ connectionsMax, trustedProxies }: Env, log: Log): ConnectionLimits {
  const openFiles = openFilesMax();
  const limits = connectionLimits(connectionsMax, openFiles);
  if (limits.max < connectionsMax)
    log.warn(
      { wanted: connectionsMax, allowed: limits.max, openFiles },
      "fewer connections are allowed than GANTRY_MAX_CONNECTIONS says, because this process may open few files",
    );
  return { ...limits, isTrustedProxy: createTrust(trustedProxies) };
}

function keepPages(
  pages: PageHandler,
  url: string,
  log: Log,
  snapshot: () => Snapshot | undefined,
): AnswerKeptPage {
  const render = createRenderPage(pages, url);
  const isKnownHost = (host: HostChoice) => {
    const releases = snapshot()?.judgedBy.releases;
    return releases !== undefined && isKnown(releases, host);
  };
  return createAnswerKeptPage(new PageCache({ render, snapshot, isKnownHost, clock: systemClock, log }), url);
}

/** An operator should know when a picture is decoded by a process that could read the data folder. */
function sayWhoDraws(log: Log): void {
  const user = drawingUser();
  if (user.kind === "shared") log.info({ why: user.why }, "pictures are drawn as the user of the server");
}

function snapshotId(shown: Catalog): string | undefined {
  return currentOf(shown)?.revision.toString();
}

/** Undefined before the first one. */
function currentOf(shown: Catalog): Snapshot | undefined {
  try {
    return shown.current();
  } catch (error) {
    if (hasCode(error, "starting")) return undefined;
    throw error;
  }
}
