import type { LookupFunction } from "node:net";
import type { EgressRules } from "@/lib/egress/destination";
import { createGuardedFetch, type GuardedFetchOptions } from "@/lib/egress/guarded-fetch";
import { createRegistryClient, type RegistryClient } from "@/lib/registry/client";
import type { HostLimiters } from "@/lib/registry/limiter/host-limiters";
import { egressRules, parseRegistries, type RegistryTable } from "@/lib/registry/registries";
import type { CredentialsOutcome, RegistryCredentials } from "@/lib/registry/registry-credentials";

export type OpenClient = { client: RegistryClient; close(): Promise<void> };

export type OpenClientOptions = Partial<GuardedFetchOptions> & {
  now?: () => number;
  gates?: HostLimiters;
  tokensMax?: number;
  /** Called instead of sleeping between tries. */
  onPause?: (ms: number) => void;
  /** What the client may use; it is anonymous without. */
  credentials?: readonly RegistryCredentials[];
  onOutcome?: (outcome: CredentialsOutcome) => void;
};

/** Credentials for a whole host. */
export function credentialsOf(
  host: string,
  login: { username: string; password: string },
  more: Partial<RegistryCredentials> = {},
): RegistryCredentials {
  return { line: `${host} ${login.password}`, host, namespace: "", ...login, ...more };
}

/** A registry client with a guarded fetch of its own, as the server makes them; it never sleeps between tries. */
export function openClient(registries: string | RegistryTable, options: OpenClientOptions = {}): OpenClient {
  const table = typeof registries === "string" ? parseRegistries(registries) : registries;
  const { now, onPause, gates, tokensMax, credentials, onOutcome, ...guard } = options;
  const fetch = createGuardedFetch({ ...egressRules(table), ...guard });
  const anonymous = createRegistryClient({
    fetch,
    registries: table,
    pauses: { sleep: async (ms) => onPause?.(ms), random: () => 0.5 },
    ...(now === undefined ? {} : { now }),
    ...(gates === undefined ? {} : { gates }),
    ...(tokensMax === undefined ? {} : { tokensMax }),
  });
  const report = (outcome: CredentialsOutcome) => onOutcome?.(outcome);
  const client = credentials ? anonymous.withCredentials({ all: credentials, report }) : anonymous;
  return { client, close: () => fetch.close() };
}

/**
 * How a server on loopback is reached as if it were `name` on the internet: the table entry has no permission for
 * private hosts, and only the guard knows better, for this one address.
 */
export function asPublicRegistry(
  name: string,
  serverUrl: string,
): { table: RegistryTable; host: string; guard: EgressRules & { lookup: LookupFunction } } {
  const { port } = new URL(serverUrl);
  const host = `${name}:${port}`;
  const lookup: LookupFunction = (hostname, _options, callback) =>
    hostname === name
      ? callback(null, [{ address: "127.0.0.1", family: 4 }])
      : callback(Object.assign(new Error(`no ${hostname}`), { code: "ENOTFOUND" }), []);
  return {
    host,
    table: new Map([[host, { host, origin: `http://${host}`, mayBePrivate: false }]]),
    guard: { allowPrivate: (each) => each === host, allowHttp: (each) => each === host, lookup },
  };
}
