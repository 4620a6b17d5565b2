/** Pre-flights: inspections of any image on an allowed registry. Only those of reviewers use stored credentials. */

import { parseReference, type Reference } from "@/lib/extension/reference/reference";
import { parseRepository, type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { may } from "@/lib/identity/permissions";
import { type LayerFacts, layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { type Preflight, type PreflightProgress, preflight } from "@/lib/inspection/preflight";
import { systemActor } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import { type SharedLink, sharePreflight } from "@/lib/marketplace/preflight/shared-preflight";
import type { MediaPort } from "@/lib/media/media-port";
import { hasCode, isAppError } from "@/lib/platform/errors";
import { createFairQueue, type FairQueueLimits } from "@/lib/platform/fair-queue";
import { singleton } from "@/lib/platform/singleton";
import type { RegistryClient } from "@/lib/registry/client";
import { allows, notAllowed, type RegistryTable } from "@/lib/registry/registries";
import { withStoredCredentials } from "@/lib/scanning/credentials/with-credentials";
import { createPreflightQuota, type Requester, turnOf } from "@/lib/scanning/preflight/quota";

export type PreflightRun = {
  /** Aborts it when the client is gone. */
  signal: AbortSignal;
  /** Keep the report for a day at a shareable address. */
  share: boolean;
  onProgress?: ((progress: PreflightProgress) => void) | undefined;
};

/** `shared` is null if no link was requested, or if the report is too large to store. */
export type SharedPreflight = Preflight & { shared: SharedLink | null };

export type Preflights = {
  /**
   * Admits the request, or throws `repository_invalid`, `reference_invalid`, `registry_not_allowed` or
   * `too_many_requests`. The returned function runs the pre-flight when its turn comes; see `preflight` for what it throws.
   */
  admit(asked: {
    reference: string;
    requester: Requester;
  }): Promise<(run: PreflightRun) => Promise<SharedPreflight>>;
};

/** Filled by the server. */
export const preflights = singleton<Preflights>("preflights");

export type PreflightsOptions = {
  /** An anonymous client: pre-flights of everyone but reviewers see public content only. */
  client: RegistryClient;
  media?: MediaPort | undefined;
  registries: RegistryTable;
  limits?: Partial<FairQueueLimits>;
};

const LIMITS: FairQueueLimits = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 60, waitingPerKey: 10, waitingReserved: 20 },
};
const BUSY = { busyMessage: "Too many images are being checked already.", retryAfterSeconds: 15 };

/** Shorter than a scan's: a person waits. */
const TIMEOUT_MS = 60_000;

export function createPreflights({ client, media, registries, limits }: PreflightsOptions): Preflights {
  const queue = createFairQueue({ ...LIMITS, ...limits }, BUSY);
  const quota = createPreflightQuota(() => services.get().db);
  return {
    async admit({ reference: text, requester }) {
      await quota.consume(requester);
      const reference = allowed(parseReference(text), registries);
      return ({ signal, share, onProgress }) =>
        queue.run({ ...turnOf(requester), signal }, () =>
          asRequester(client, requester, async (own) => {
            const limits = { imageMs: TIMEOUT_MS };
            const layerFacts = knownLayers(own, reference.repository);
            const look = { client: own, media, reference, signal, limits, layerFacts, onProgress };
            const looked = await preflight(look);
            if (!share) return { ...looked, shared: null };
            const isPrivate = !(await isPublic(own, looked.report, signal));
            return { ...looked, shared: await sharePreflight(services.get(), { ...looked, isPrivate }) };
          }),
        );
    },
  };
}

/** The client with the requester's priority and, for people with a reviewing role, stored registry credentials. */
function asRequester<Result>(
  client: RegistryClient,
  requester: Requester,
  work: (client: RegistryClient) => Promise<Result>,
): Promise<Result> {
  const { standing } = turnOf(requester);
  const own = client.prioritized(standing === "account" ? "interactive" : "anonymous");
  if (!may(requester.actor, "submission.readAll")) return work(own);
  const ctx = { ...services.get(), actor: systemActor("pre-flight"), requestId: undefined };
  return withStoredCredentials(ctx, own, work);
}

/** Whether everyone can read the image, so that everyone can see its report. */
async function isPublic(
  client: RegistryClient,
  { repository, digest }: InspectionReport,
  signal: AbortSignal,
): Promise<boolean> {
  const parsed = parseRepository(repository);
  if (client.isAnonymous(parsed)) return true;
  try {
    await client.anonymous().resolve(parsed, digest, { signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error)) return false;
    throw error;
  }
}

/** Pre-flights reuse the layer facts of scans. Their own facts are not stored, or strangers could evict those of scans. */
function knownLayers(client: RegistryClient, repository: Repository): LayerFacts {
  const stored = storedLayerFacts(services.get().db, client, repository);
  const learned = layerFactsInMemory();
  return {
    async get(digest) {
      try {
        return (await learned.get(digest)) ?? (await stored.get(digest));
      } catch (error) {
        // Without the database, the registry is the source.
        if (hasCode(error, "database_unavailable")) return undefined;
        throw error;
      }
    },
    put: learned.put,
  };
}

function allowed(reference: Reference, registries: RegistryTable): Reference {
  const host = repositoryHost(reference.repository);
  if (!allows(registries, host)) throw notAllowed(registries, host);
  return reference;
}
