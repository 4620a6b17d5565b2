import { randomUUID } from "node:crypto";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import {
  type CredentialsInput,
  type CredentialsPlace,
  checkCredentials,
} from "@/lib/marketplace/registry-credentials/credentials-input";
import { requireCredentialManager } from "@/lib/marketplace/registry-credentials/require-manager";
import { isSamePlace, sealContext } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { credentialVault } from "@/lib/marketplace/registry-credentials/vault";
import { lockExclusively } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import { registries } from "@/lib/registry/registries";

export type StoredPlace = CredentialsPlace & {
  /** False: they replaced others for the same host and namespace. */
  created: boolean;
};

const COUNT_MAX = 200;

/**
 * Stores credentials for a host and namespace, or replaces those that are there, with the user name and password
 * together: a stored password never gets another destination. Throws `already_exists` if the environment provides them.
 */
export async function storeCredentials(ctx: Context, input: CredentialsInput): Promise<StoredPlace> {
  const authentication = requireCredentialManager(ctx);
  const { password, ...checked } = checkCredentials(input, registries.get());
  const { sealer, environment } = credentialVault.get();
  const { host, namespace, username } = checked;
  if (environment.some((each) => isSamePlace(each, checked))) throw fromEnvironment(checked);
  const row = { host, namespace, username, tokenServer: checked.tokenServer ?? null };
  const sealed = sealer.seal(password, sealContext(row));
  return transact(ctx.db, async (tx) => {
    await lockExclusively(tx, "registryCredentials");
    const place = { host_namespace: { host, namespace } };
    const before = await tx.registryCredential.findUnique({ where: place });
    if (before === null) await refuseTooMany(tx);
    else await tx.registryCredentialStatus.deleteMany({ where: { line: before.line } });
    const values = { ...row, sealed, line: randomUUID(), replacedAt: ctx.clock.now() };
    await tx.registryCredential.upsert({ where: place, create: values, update: values });
    await appendAudit(tx, ctx, {
      action: before ? "registryCredential.replace" : "registryCredential.add",
      subject: { kind: "registryCredential", id: placeName(checked) },
      before: before ? { username: before.username, tokenServer: before.tokenServer } : undefined,
      after: { username, tokenServer: row.tokenServer, authentication },
    });
    return { host, namespace, created: before === null };
  });
}

/** `ghcr.io`, `ghcr.io/acme` */
export function placeName({ host, namespace }: CredentialsPlace): string {
  return namespace === "" ? host : `${host}/${namespace}`;
}

export function fromEnvironment(place: CredentialsPlace): AppError {
  return new AppError(
    "already_exists",
    `The environment provides the credentials for ${placeName(place)}, so they cannot be changed here.`,
    { suggestion: "Change GANTRY_REGISTRY_CREDENTIALS (or the file that it names) and restart Gantry." },
  );
}

async function refuseTooMany(tx: Tx): Promise<void> {
  if ((await tx.registryCredential.count()) < COUNT_MAX) return;
  throw new AppError("limit_exceeded", `Gantry stores at most ${COUNT_MAX} registry credentials.`, {
    suggestion: "Remove some, or use credentials for a shorter namespace or the whole host.",
    details: { max: COUNT_MAX },
  });
}
