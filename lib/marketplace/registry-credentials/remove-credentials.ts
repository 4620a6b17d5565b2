import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { type CredentialsPlace, checkPlace } from "@/lib/marketplace/registry-credentials/credentials-input";
import { requireCredentialManager } from "@/lib/marketplace/registry-credentials/require-manager";
import { fromEnvironment, placeName } from "@/lib/marketplace/registry-credentials/store-credentials";
import { isSamePlace } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { credentialVault } from "@/lib/marketplace/registry-credentials/vault";
import { lockExclusively } from "@/lib/platform/db/advisory-locks";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

/** Deletes stored credentials, also for a host that is no longer allowed. Later requests go without. */
export async function removeCredentials(ctx: Context, input: CredentialsPlace): Promise<CredentialsPlace> {
  const authentication = requireCredentialManager(ctx);
  const place = checkPlace(input, undefined);
  const isProvided = credentialVault.get().environment.some((each) => isSamePlace(each, place));
  return transact(ctx.db, async (tx) => {
    await lockExclusively(tx, "registryCredentials");
    const where = { host_namespace: place };
    const before = await tx.registryCredential.findUnique({ where });
    if (before === null) throw isProvided ? fromEnvironment(place) : noSuchCredentials(place);
    await tx.registryCredential.delete({ where });
    await tx.registryCredentialStatus.deleteMany({ where: { line: before.line } });
    await appendAudit(tx, ctx, {
      action: "registryCredential.remove",
      subject: { kind: "registryCredential", id: placeName(place) },
      before: { username: before.username, tokenServer: before.tokenServer },
      after: { authentication },
    });
    return place;
  });
}

export function noSuchCredentials(place: CredentialsPlace): AppError {
  return new AppError("not_found", `There are no stored credentials for ${placeName(place)}.`, {
    suggestion: "Reload the page to see the current ones.",
    apiHint: "GET /api/v1/registries lists them. Send the same host and namespace.",
  });
}
