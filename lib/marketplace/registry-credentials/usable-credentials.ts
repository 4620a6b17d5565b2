/** The credentials that inspections can use now: those of the environment and the stored ones, opened. */

import { credentialVault } from "@/lib/marketplace/registry-credentials/vault";
import type { Database } from "@/lib/platform/db/database";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { RegistryCredential } from "@/lib/platform/prisma/client";
import type { Sealer } from "@/lib/platform/sealing";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/**
 * The environment takes precedence for the same host and namespace. Stored ones that cannot be opened are `unusable`.
 */
export async function usableCredentials({
  prisma,
}: Pick<Database, "prisma">): Promise<RegistryCredentials[]> {
  const vault = credentialVault.peek();
  if (vault === undefined) return [];
  const rows = await read(() => prisma.registryCredential.findMany());
  const stored = rows.filter((row) => !vault.environment.some((each) => isSamePlace(each, row)));
  return [...vault.environment, ...stored.map((row) => openCredentials(row, vault.sealer))];
}

export function isSamePlace(
  one: { host: string; namespace: string },
  other: { host: string; namespace: string },
): boolean {
  return one.host === other.host && one.namespace === other.namespace;
}

export function openCredentials(row: RegistryCredential, sealer: Sealer): RegistryCredentials {
  const { host, namespace, line, username, tokenServer, sealed } = row;
  const password = sealer.open(sealed, sealContext(row));
  const known = { line, host, namespace, username, tokenServer: tokenServer ?? undefined };
  return password === undefined
    ? { ...known, password: "", unusable: notOpened(host) }
    : { ...known, password };
}

/** Binds a sealed password to where it is sent, so that a changed row cannot send it elsewhere. */
export function sealContext({
  host,
  namespace,
  username,
  tokenServer,
}: Pick<RegistryCredential, "host" | "namespace" | "username" | "tokenServer">): string {
  return JSON.stringify([host, namespace, username, tokenServer]);
}

function notOpened(host: string): AppError {
  return new AppError(
    "registry_auth_failed",
    `Gantry cannot open the stored credentials for ${host}: they were sealed with another key, or changed.`,
    {
      suggestion:
        "Ask an administrator to replace them under Registries in the console, or to add the earlier key to GANTRY_CREDENTIAL_KEYS.",
      details: { host, refused: "login" },
    },
  );
}
