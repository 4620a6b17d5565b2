/** What scans, checks and pre-flights learned about credentials. Written sparsely, not for each request. */

import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { isFromEnvironment } from "@/lib/marketplace/registry-credentials/environment-credentials";
import { placeName } from "@/lib/marketplace/registry-credentials/store-credentials";
import { recordedError, toJson } from "@/lib/marketplace/rows/json-columns";
import type { Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { Prisma, type RegistryCredentialStatus } from "@/lib/platform/prisma/client";
import type { CredentialsOutcome } from "@/lib/registry/registry-credentials";

type Accepted = Extract<CredentialsOutcome, { kind: "accepted" }>;
type Refused = Extract<CredentialsOutcome, { kind: "refused" }>;

/** The time of the last use or error is this exact. */
const WRITTEN_AFTER_MS = 10 * 60 * 1000;

/** The outcomes of one job, in order. */
export async function recordOutcomes(ctx: Context, outcomes: readonly CredentialsOutcome[]): Promise<void> {
  for (const outcome of latestOf(outcomes)) {
    const { line } = outcome.credentials;
    const status = await read(() => ctx.db.prisma.registryCredentialStatus.findUnique({ where: { line } }));
    if (!isNews(ctx, outcome, status)) continue;
    if (outcome.kind === "accepted") await recordUse(ctx, outcome);
    else await recordRefusal(ctx, outcome);
  }
}

/** One of each kind for each line and repository. */
function latestOf(outcomes: readonly CredentialsOutcome[]): CredentialsOutcome[] {
  const key = ({ kind, credentials, repository }: CredentialsOutcome) =>
    `${credentials.line} ${repository} ${kind}`;
  return [...new Map(outcomes.map((outcome) => [key(outcome), outcome])).values()];
}

function isNews(ctx: Context, outcome: CredentialsOutcome, status: RegistryCredentialStatus | null): boolean {
  const isOld = (at: Date | null | undefined) =>
    !at || ctx.clock.now().getTime() - at.getTime() >= WRITTEN_AFTER_MS;
  if (outcome.kind === "accepted") return isOld(status?.lastUsedAt) || endsAlarm(status, outcome);
  return !status?.alarmSince || isOld(status.lastErrorAt);
}

/** A repository that was denied must be read to end the alarm; a failed login ends with any use. */
function endsAlarm(status: RegistryCredentialStatus | null, { repository }: Accepted): boolean {
  if (!status?.alarmSince) return false;
  return status.deniedRepository === null || status.deniedRepository === repository;
}

async function recordUse(ctx: Context, outcome: Accepted): Promise<void> {
  const { credentials } = outcome;
  const { line } = credentials;
  await transact(ctx.db, async (tx) => {
    if (!(await isCurrent(tx, outcome))) return;
    const lastUsedAt = ctx.clock.now();
    const before = await tx.registryCredentialStatus.findUnique({ where: { line } });
    const ended = endsAlarm(before, outcome);
    const values = { lastUsedAt, ...(ended ? { alarmSince: null } : {}) };
    await tx.registryCredentialStatus.upsert({
      where: { line },
      create: { line, ...values },
      update: values,
    });
    if (!ended) return;
    await appendMessage(tx, { kind: "registry.credentials_recovered", payload: placeOf(outcome) });
    await appendAudit(tx, ctx, {
      action: "registryCredential.recovered",
      subject: { kind: "registryCredential", id: placeName(credentials) },
    });
  });
}

async function recordRefusal(ctx: Context, outcome: Refused): Promise<void> {
  const { credentials, repository, error } = outcome;
  const { line } = credentials;
  await transact(ctx.db, async (tx) => {
    if (!(await isCurrent(tx, outcome))) return;
    const before = await tx.registryCredentialStatus.findUnique({ where: { line } });
    const isNew = !before?.alarmSince;
    const now = ctx.clock.now();
    const values = {
      lastErrorAt: now,
      lastError: toJson(recordedError(error)),
      deniedRepository: error.details?.refused === "repository" ? repository : null,
      alarmSince: before?.alarmSince ?? now,
    };
    await tx.registryCredentialStatus.upsert({
      where: { line },
      create: { line, ...values },
      update: values,
    });
    if (!isNew) return;
    await appendMessage(tx, { kind: "registry.credentials_refused", payload: placeOf(outcome) });
    await appendAudit(tx, ctx, {
      action: "registryCredential.refused",
      subject: { kind: "registryCredential", id: placeName(credentials) },
      after: { error: recordedError(error), repository },
    });
  });
}

function placeOf({ credentials: { host, namespace } }: CredentialsOutcome) {
  return { host, namespace };
}

/** False when the credentials were replaced or removed meanwhile. Locked, so that neither happens now. */
async function isCurrent(tx: Tx, { credentials }: Pick<CredentialsOutcome, "credentials">): Promise<boolean> {
  if (isFromEnvironment(credentials)) return true;
  const rows = await tx.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM "RegistryCredential" WHERE "line" = ${credentials.line}::uuid FOR UPDATE`,
  );
  return rows.length > 0;
}
