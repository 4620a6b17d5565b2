/** Opens the HTTP server with the API, health checks and, once available, pages. */

import type { Server } from "node:http";
import { type Api, createApi } from "@/lib/api/api";
import type { Authenticate, Recognize } from "@/lib/api/caller";
import { openApiDocument } from "@/lib/api/openapi/document";
import { createOrigins } from "@/lib/api/origins";
import { type ClientAddress, createClientAddress, createTrust } from "@/lib/api/requests/client-address";
import { securityContacts } from "@/lib/api/security-text";
import { ROUTES } from "@/lib/api/table";
import { apiContract } from "@/lib/catalog/api-contract";
import type { Catalog } from "@/lib/catalog/catalog";
import { identity } from "@/lib/identity/identity";
import { authenticateRequest } from "@/lib/identity/requests/authenticate-request";
import { recognizeAccount } from "@/lib/identity/sign-in/recognize-account";
import { services } from "@/lib/journal/context";
import type { Env } from "@/lib/platform/env";
import { instanceUrl } from "@/lib/platform/instance-url";
import type { Log } from "@/lib/platform/log";
import { type ConnectionLimits, connectionLimits, openFilesMax } from "@/lib/process/connections";
import type { Health } from "@/lib/process/health";
import { createHttpServer, listen } from "@/lib/process/http-server";
import { noteIgnoredProxy } from "@/lib/process/ignored-proxy";
import type { PageLimits } from "@/lib/process/pages/page-limits";
import { currentSnapshot, type Progress } from "@/lib/process/start-progress";

export type OpenServerOptions = {
  env: Env;
  log: Log;
  catalog: Catalog;
  progress: Progress;
  pageLimits: PageLimits;
};

export type OpenServer = { server: Server; url: string; port: number };

/** Resolves when the server listens, and sets the singletons that need its address. */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const { env, log, catalog, progress, pageLimits } = options;
  const clientAddress = createClientAddress(env.trustedProxies, noteIgnoredProxy(log));
  const server = createHttpServer({
    api: env.role === "worker" ? undefined : openApi(options, clientAddress),
    pages: () => progress.pages,
    serveCachedPage: () => progress.serveCachedPage,
    pageLimits,
    health: healthOf(catalog, progress),
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
  return { server, url, port };
}

function openApi({ env, log, catalog }: OpenServerOptions, clientAddress: ClientAddress): Api {
  return createApi({
    catalog,
    authenticate,
    recognize,
    origins: createOrigins(env.allowedOrigins, () => instanceUrl.peek()),
    log,
    https: env.url?.startsWith("https:") ?? false,
    clientAddress,
  });
}

/** The actor of an API request, from its headers alone. Throws `starting` until writes work. */
const authenticate: Authenticate = (request) =>
  authenticateRequest(
    { ...services.get(), identity: identity.get() },
    {
      method: request.method,
      authorization: request.header("authorization"),
      cookie: request.header("cookie"),
      contentType: request.header("content-type"),
      origin: request.header("origin"),
      host: request.header("host"),
      secFetchSite: request.header("sec-fetch-site"),
    },
  );

/** Public operations do not authenticate, but still serve signed-in people first. */
const recognize: Recognize = (request) => recognizeAccount(identity.peek(), request.header("cookie"));

function healthOf(catalog: Catalog, progress: Progress): Health {
  const isStopping = () => progress.stopping.signal.aborted;
  return {
    snapshot: () => currentSnapshot(catalog)?.revision.toString(),
    settled: () => catalog.settled() && (progress.ready !== undefined || progress.refused === true),
    writable: () => progress.ready !== undefined && !isStopping(),
    stopping: isStopping,
  };
}

function connectionLimitsOf({ connectionsMax, trustedProxies }: Env, log: Log): ConnectionLimits {
  const openFiles = openFilesMax();
  const limits = connectionLimits(connectionsMax, openFiles);
  if (limits.max < connectionsMax)
    log.warn(
      { wanted: connectionsMax, allowed: limits.max, openFiles },
      "the limit of open files allows fewer connections than GANTRY_MAX_CONNECTIONS",
    );
  return { ...limits, isTrustedProxy: createTrust(trustedProxies) };
}
