import type { Context } from "@/lib/journal/context";
import { recordOutcomes } from "@/lib/marketplace/registry-credentials/record-outcomes";
import { usableCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { hasCode } from "@/lib/platform/errors";
import type { RegistryClient } from "@/lib/registry/client";
import type { CredentialsOutcome } from "@/lib/registry/registry-credentials";

/**
 * Runs `work` with a client that can use the stored registry credentials, as they are now, and records how they fared.
 * Only for repositories on the allow-list and for people with a reviewing role: `client` itself is anonymous.
 */
export async function withStoredCredentials<Result>(
  ctx: Context,
  client: RegistryClient,
  work: (client: RegistryClient) => Promise<Result>,
): Promise<Result> {
  const all = await usableCredentials(ctx.db);
  if (all.length === 0) return work(client);
  const outcomes: CredentialsOutcome[] = [];
  const report = (outcome: CredentialsOutcome) => {
    if (outcomes.length < OUTCOMES_MAX || outcome.kind === "refused") outcomes.push(outcome);
  };
  try {
    return await work(client.withCredentials({ all, report }));
  } finally {
    await recordOutcomes(ctx, outcomes).catch(unlessUnavailable);
  }
}

/** The next job learns the same, so an outage must not hide what this one did. */
function unlessUnavailable(error: unknown): void {
  if (!hasCode(error, "database_unavailable")) throw error;
}

/** A job reads one repository, so its later outcomes repeat earlier ones. Refusals are few: each pauses its line. */
const OUTCOMES_MAX = 100;
