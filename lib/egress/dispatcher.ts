import type { LookupFunction } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { type EgressRules, hostPortOf } from "@/lib/egress/destination";
import { guardedLookup } from "@/lib/egress/guarded-lookup";
import type { EgressLimits } from "@/lib/egress/limits";

/** The corporate proxy, from the usual environment variables. Empty or absent: no proxy. */
export type ProxySettings = { httpProxy?: string; httpsProxy?: string; noProxy?: string };

export type DispatcherOptions = {
  rules: EgressRules;
  limits: EgressLimits;
  proxy: ProxySettings | undefined;
  /** Certificate authorities (PEM) trusted in addition to the built-in ones. */
  ca: string[] | undefined;
  /** Resolves names. Default: the system's resolver. */
  lookup: LookupFunction | undefined;
};

/** Keep-alive pools, one per origin. Every new connection passes the address check. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { limits, proxy } = options;
  const trust = trusted(options.ca);
  const agentOptions = {
    connect: guardedConnector(options),
    connections: limits.connectionsPerOrigin,
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.idleTimeoutMs,
    pipelining: 1,
  };
  if (!usesProxy(proxy)) return new Agent(agentOptions);
  const timeout = limits.connectTimeoutMs;
  return new EnvHttpProxyAgent({
    ...agentOptions,
    // Sets every key, because absent keys would be read from the environment.
    httpProxy: proxy?.httpProxy ?? "",
    httpsProxy: proxy?.httpsProxy ?? "",
    noProxy: withoutProxy(proxy?.noProxy),
    requestTls: { ...trust, timeout },
    proxyTls: { ...trust, timeout },
  });
}

/** A proxy would resolve loopback to itself. */
const LOOPBACK = "localhost,127.0.0.1,[::1]";

function withoutProxy(noProxy = ""): string {
  return noProxy === "*" ? noProxy : `${noProxy},${LOOPBACK}`;
}

export function usesProxy(proxy: ProxySettings | undefined): boolean {
  return (proxy?.httpProxy ?? "") !== "" || (proxy?.httpsProxy ?? "") !== "";
}

function guardedConnector({ rules, limits, ca, lookup }: DispatcherOptions): buildConnector.connector {
  const base = { timeout: limits.connectTimeoutMs, autoSelectFamily: true, ...trusted(ca) };
  const publicOnly = buildConnector({ ...base, lookup: guardedLookup(false, lookup) });
  const privateToo = buildConnector({ ...base, lookup: guardedLookup(true, lookup) });
  return (target, callback) => {
    const url = new URL(`${target.protocol}//${target.host ?? target.hostname}`);
    const connect = rules.allowPrivate(hostPortOf(url)) ? privateToo : publicOnly;
    connect(target, callback);
  };
}

/** Passing `ca` to Node replaces its built-in list, so both are passed. */
function trusted(ca: string[] | undefined): { ca?: string[] } {
  return ca === undefined || ca.length === 0 ? {} : { ca: [...rootCertificates, ...ca] };
}
