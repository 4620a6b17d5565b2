/** Access to registries, one per process: interactive requests and the worker share its limits. */

import { createGuardedFetch } from "@/lib/egress/guarded-fetch";
import { networkSettings } from "@/lib/egress/network-settings";
import type { Env } from "@/lib/platform/env";
import type { Log } from "@/lib/platform/log";
import { createRegistryClient, type RegistryClient } from "@/lib/registry/client";
import type { HostView } from "@/lib/registry/limiter/host-limiter";
import { createHostLimiters } from "@/lib/registry/limiter/host-limiters";
import { egressRules, parseRegistries, type RegistryTable, registries } from "@/lib/registry/registries";

export type RegistryAccess = {
  table: RegistryTable;
  /** Anonymous, until work that has the right to it adds stored credentials. */
  client: RegistryClient;
  close(): Promise<void>;
};

/** Sets the singleton that pages read. Throws `configuration`. */
export async function openRegistryAccess(env: Env, log: Log): Promise<RegistryAccess> {
  const table = parseRegistries(env.registries);
  const fetch = createGuardedFetch({ ...egressRules(table), ...(await networkSettings(env)) });
  const gates = createHostLimiters({ onClosed: (view) => tell(log, view) });
  const client = createRegistryClient({ fetch, registries: table, gates });
  registries.set(table);
  return { table, client, close: () => fetch.close() };
}

function tell(log: Log, { host, waitUntilMs, leftAloneUntilMs, allowance }: HostView): void {
  const until = new Date(waitUntilMs ?? leftAloneUntilMs ?? 0).toISOString();
  if (waitUntilMs === undefined) log.warn({ host, until }, "the circuit breaker of a registry opened");
  else log.warn({ host, until, allowance }, "a registry rate-limits requests");
}
