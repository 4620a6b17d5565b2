import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { isFromEnvironment } from "@/lib/marketplace/registry-credentials/environment-credentials";
import { isSamePlace, openCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { credentialVault } from "@/lib/marketplace/registry-credentials/vault";
import { type StoredError, storedError } from "@/lib/marketplace/rows/json-columns";
import { read } from "@/lib/platform/db/transact";
import type { RegistryCredentialStatus } from "@/lib/platform/prisma/client";
import { type RegistryEntry, registries } from "@/lib/registry/registries";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/** Credentials without the password, which nothing ever returns. */
export type CredentialsView = {
  host: string;
  namespace: string;
  username: string;
  tokenServer: string | null;
  source: "environment" | "stored";
  /**
   * `refused`: the registry rejected them or denied a repository. `unopened`: sealed with a key that Gantry does not
   * have. `overridden`: the environment provides others for the same place. `not_allowed`: the host is no longer allowed.
   */
  state: "untested" | "working" | "refused" | "unopened" | "overridden" | "not_allowed";
  replacedAt: string | null;
  lastUsedAt: string | null;
  test: { at: string; error: StoredError | null } | null;
  lastError: (StoredError & { at: string }) | null;
  /** Since when they raise an alarm. */
  alarmSince: string | null;
};

export type RegistryView = {
  host: string;
  /** Where its API is, and the credentials are sent. */
  origin: string;
  credentials: CredentialsView[];
};

/** The allowed registries with their credentials, and other hosts that still have some. */
export async function listRegistries(ctx: Context): Promise<RegistryView[]> {
  authorize(ctx.actor, "registryCredential.manage");
  const all = await readCredentials(ctx);
  const table = registries.get();
  const hosts = [...new Set([...table.keys(), ...all.map(({ host }) => host)])];
  return hosts.map((host) => ({
    host,
    origin: table.get(host)?.origin ?? `https://${host}`,
    credentials: all.filter((each) => each.host === host),
  }));
}

/** Credentials that do not work, for the notice on every page of the console; empty for people who cannot act on it. */
export async function credentialAlarms(ctx: Context): Promise<CredentialsView[]> {
  if (credentialVault.peek() === undefined) return [];
  authorize(ctx.actor, "registryCredential.manage");
  const all = await readCredentials(ctx);
  return all.filter(({ state }) => state === "refused" || state === "unopened");
}

async function readCredentials({ db }: Context): Promise<CredentialsView[]> {
  const { sealer, environment } = credentialVault.get();
  const table = registries.get();
  const { rows, statuses } = await read(async () => ({
    rows: await db.prisma.registryCredential.findMany({ orderBy: [{ host: "asc" }, { namespace: "asc" }] }),
    statuses: await db.prisma.registryCredentialStatus.findMany(),
  }));
  const byLine = new Map(statuses.map((status) => [status.line, status]));
  const view = (credentials: RegistryCredentials, replacedAt: Date | null) =>
    viewCredentials(credentials, replacedAt, byLine.get(credentials.line), {
      entry: table.get(credentials.host),
      isOverridden:
        !isFromEnvironment(credentials) && environment.some((each) => isSamePlace(each, credentials)),
    });
  return [
    ...environment.map((each) => view(each, null)),
    ...rows.map((row) => view(openCredentials(row, sealer), row.replacedAt)),
  ];
}

type Place = { entry: RegistryEntry | undefined; isOverridden: boolean };

function viewCredentials(
  credentials: RegistryCredentials,
  replacedAt: Date | null,
  status: RegistryCredentialStatus | undefined,
  place: Place,
): CredentialsView {
  const { host, namespace, username, tokenServer } = credentials;
  const error = storedError(status?.lastError ?? null);
  return {
    ...{ host, namespace, username, tokenServer: tokenServer ?? null },
    source: isFromEnvironment(credentials) ? "environment" : "stored",
    state: stateOf(credentials, status, place),
    replacedAt: replacedAt?.toISOString() ?? null,
    lastUsedAt: status?.lastUsedAt?.toISOString() ?? null,
    test: status?.testedAt
      ? { at: status.testedAt.toISOString(), error: storedError(status.testError) ?? null }
      : null,
    lastError: error && status?.lastErrorAt ? { ...error, at: status.lastErrorAt.toISOString() } : null,
    alarmSince: status?.alarmSince?.toISOString() ?? null,
  };
}

function stateOf(
  { unusable }: RegistryCredentials,
  status: RegistryCredentialStatus | undefined,
  { entry, isOverridden }: Place,
): CredentialsView["state"] {
  if (isOverridden) return "overridden";
  if (entry === undefined) return "not_allowed";
  if (unusable !== undefined) return "unopened";
  if (status?.alarmSince || isTestRefused(status)) return "refused";
  return status?.lastUsedAt || (status?.testedAt && status.testError === null) ? "working" : "untested";
}

/** The last test was refused, and they were not used successfully since. */
function isTestRefused(status: RegistryCredentialStatus | undefined): boolean {
  if (!status?.testedAt || storedError(status.testError)?.code !== "registry_auth_failed") return false;
  return !status.lastUsedAt || status.lastUsedAt < status.testedAt;
}
