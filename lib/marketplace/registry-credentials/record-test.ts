import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { placeName } from "@/lib/marketplace/registry-credentials/store-credentials";
import { recordedError, toJson } from "@/lib/marketplace/rows/json-columns";
import { transact } from "@/lib/platform/db/transact";
import type { AppError } from "@/lib/platform/errors";
import { Prisma } from "@/lib/platform/prisma/client";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/** Stores the result of a test. One that passes also ends the alarm. */
export async function recordTest(
  ctx: Context,
  credentials: RegistryCredentials,
  error: AppError | undefined,
): Promise<void> {
  const { line } = credentials;
  const failure = error && recordedError(error);
  const values = {
    testedAt: ctx.clock.now(),
    testError: failure ? toJson(failure) : Prisma.DbNull,
    ...(failure ? {} : { alarmSince: null }),
  };
  await transact(ctx.db, async (tx) => {
    await tx.registryCredentialStatus.upsert({
      where: { line },
      create: { line, ...values },
      update: values,
    });
    await appendAudit(tx, ctx, {
      action: "registryCredential.test",
      subject: { kind: "registryCredential", id: placeName(credentials) },
      after: { error: failure ?? null },
    });
  });
}
