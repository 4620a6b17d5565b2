import { parseRepository, type Repository } from "@/lib/extension/reference/repository";
import { actorUserId } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { type CredentialsPlace, checkPlace } from "@/lib/marketplace/registry-credentials/credentials-input";
import { recordTest } from "@/lib/marketplace/registry-credentials/record-test";
import { noSuchCredentials } from "@/lib/marketplace/registry-credentials/remove-credentials";
import { requireCredentialManager } from "@/lib/marketplace/registry-credentials/require-manager";
import { isSamePlace, usableCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { type AppError, AppError as Failure, isAppError } from "@/lib/platform/errors";
import { DatabaseWindow } from "@/lib/platform/rate-limits/database-window";
import { rateLimited } from "@/lib/platform/rate-limits/rate-limited";
import { singleton } from "@/lib/platform/singleton";
import type { RegistryClient } from "@/lib/registry/client";
import { registries } from "@/lib/registry/registries";
import { credentialsFor, type RegistryCredentials } from "@/lib/registry/registry-credentials";
import type { LoginOutcome } from "@/lib/registry/requests/login";

/** The client that tests credentials. Set by the server. */
export const credentialTester = singleton<Pick<RegistryClient, "tryLogin">>("credential-tester");

export type TestInput = CredentialsPlace & {
  /** A repository that they must give access to. Without one, only the login is tested. */
  repository?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** `untested`: the registry did not ask for credentials. */
export type TestResult = { outcome: "passed" | "failed" | "untested"; error: AppError | undefined };

const TESTS_PER_MINUTE = 20;
const TIMEOUT_MS = 30_000;

/** Sends the credentials to their registry and stores the result. Every error of the registry is a result. */
export async function testCredentials(ctx: Context, input: TestInput): Promise<TestResult> {
  requireCredentialManager(ctx);
  const place = checkPlace(input, registries.get());
  const credentials = (await usableCredentials(ctx.db)).find((each) => isSamePlace(each, place));
  if (credentials === undefined) throw noSuchCredentials(place);
  const repository = repositoryWithin(credentials, input.repository);
  await consumeQuota(ctx);
  const result = await tryOnce(credentials, { repository, signal: signalOf(input) });
  if (result.outcome !== "untested") await recordTest(ctx, credentials, result.error);
  return result;
}

function signalOf({ signal }: TestInput): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

async function tryOnce(
  credentials: RegistryCredentials,
  options: { repository: Repository | undefined; signal: AbortSignal },
): Promise<TestResult> {
  try {
    const outcome: LoginOutcome = await credentialTester.get().tryLogin(credentials, options);
    return { outcome: outcome === "accepted" ? "passed" : "untested", error: undefined };
  } catch (error) {
    if (isAppError(error)) return { outcome: "failed", error };
    if (options.signal.aborted) return { outcome: "failed", error: timedOut(credentials) };
    throw error;
  }
}

/** Other repositories would never be requested with these credentials. */
function repositoryWithin(
  credentials: RegistryCredentials,
  text: string | undefined,
): Repository | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const repository = parseRepository(text);
  if (credentialsFor([credentials], repository) !== undefined) return repository;
  throw new Failure("invalid_input", "These credentials are not for this repository.", {
    suggestion: "Enter a repository on their host and in their namespace, such as ghcr.io/acme/disk-lens.",
    details: { field: "repository" },
  });
}

function timedOut({ host }: RegistryCredentials): AppError {
  return new Failure("registry_unreachable", `${host} did not answer within ${TIMEOUT_MS / 1000} seconds.`, {
    suggestion: "Try again later.",
    retryable: true,
  });
}

/** Registries lock accounts after repeated wrong passwords. */
async function consumeQuota(ctx: Context): Promise<void> {
  const userId = actorUserId(ctx.actor);
  if (userId === undefined) return;
  const window = new DatabaseWindow({ name: "credential-test", windowSeconds: 60, db: () => ctx.db });
  const { consumed, msLeft } = await window.consume(userId);
  if (consumed <= TESTS_PER_MINUTE) return;
  throw rateLimited(`You tested credentials more than ${TESTS_PER_MINUTE} times in a minute.`, {
    msLeft,
    suggestion: (seconds) => `Wait ${seconds} seconds.`,
  });
}
