/** The process's one way to registries: every reader of this process, people's and the worker's, shares its gates. */

import { readFile } from "node:fs/promises";
import type { ProxySettings } from "@/lib/egress/dispatcher";
import { createGuardedFetch } from "@/lib/egress/guarded-fetch";
import type { Env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import type { Log } from "@/lib/platform/log";
import { createRegistryClient, type RegistryClient, registryClient } from "@/lib/registry/client";
import type { HostView } from "@/lib/registry/gate/host-gate";
import { createHostGates } from "@/lib/registry/gate/host-gates";
import {
  egressRules,
  parseRegistries,
  type RegistryTable,
  registries,
  withoutCredentials,
} from "@/lib/registry/registries";

export type RegistryAccess = {
  table: RegistryTable;
  client: RegistryClient;
  /** For strangers' questions: the same registries, as everybody sees them. */
  withoutCredentials: { client: RegistryClient; registries: RegistryTable };
  close(): Promise<void>;
};

/** Fills the slots that route handlers and pages read. Throws `configuration`. */
export async function openRegistryAccess(env: Env, log: Log): Promise<RegistryAccess> {
  const table = parseRegistries(env.registries);
  const fetch = createGuardedFetch({ ...egressRules(table), ...(await networkSettings(env)) });
  const gates = createHostGates({ onClosed: (view) => tell(log, view) });
  const client = createRegistryClient({ fetch, registries: table, gates });
  const bare = withoutCredentials(table);
  const forStrangers = { client: createRegistryClient({ fetch, registries: bare, gates }), registries: bare };
  registries.set(table);
  registryClient.set(client);
  return { table, client, withoutCredentials: forStrangers, close: () => fetch.close() };
}

/** The proxy and the certificate authorities of the network that this runs in. */
export async function networkSettings(env: Env): Promise<{ proxy: ProxySettings; ca?: string[] }> {
  const { proxy, extraCaCertificates: file } = env;
  return file === undefined ? { proxy } : { proxy, ca: [await readCertificates(file)] };
}

/** Node itself reads this variable only from the real environment, and goes on without a file that it can't read. */
async function readCertificates(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw unusable(file, "it can't be read", cause);
  });
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw unusable(file, "it holds no certificate in PEM form");
}

function unusable(file: string, why: string, cause?: unknown): AppError {
  return new AppError("configuration", `NODE_EXTRA_CA_CERTS names ${file}: ${why}.`, {
    suggestion: "Name a file of PEM certificates that this process may read, or leave the variable empty.",
    cause,
  });
}

function tell(log: Log, { host, waitUntilMs, leftAloneUntilMs, allowance }: HostView): void {
  const until = new Date(waitUntilMs ?? leftAloneUntilMs ?? 0).toISOString();
  if (waitUntilMs === undefined) log.warn({ host, until }, "a registry keeps failing and is left alone");
  else log.warn({ host, until, allowance }, "a registry asked us to wait");
}
