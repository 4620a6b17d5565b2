/** Pre-flights: inspections of any image on an allowed registry, without an account and without credentials. */

import { parseReference, type Reference } from "@/lib/extension/reference/reference";
import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import { type LayerFacts, layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { type Preflight, type PreflightProgress, preflight } from "@/lib/inspection/preflight";
import { services } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import { type SharedLink, sharePreflight } from "@/lib/marketplace/preflight/shared-preflight";
import type { MediaPort } from "@/lib/media/media-port";
import { hasCode } from "@/lib/platform/errors";
import { createFairQueue, type FairQueueLimits } from "@/lib/platform/fair-queue";
import { singleton } from "@/lib/platform/singleton";
import type { RegistryClient } from "@/lib/registry/client";
import { allows, notAllowed, type RegistryTable } from "@/lib/registry/registries";
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
  /** Without stored credentials: anonymous pre-flights see public content only. */
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
        queue.run({ ...turnOf(requester), signal }, async () => {
          const { standing } = turnOf(requester);
          const limits = { imageMs: TIMEOUT_MS };
          const layerFacts = knownLayers(client, reference.repository);
          const looked = await preflight({
            client: client.prioritized(standing === "account" ? "interactive" : "anonymous"),
            media,
            reference,
            signal,
            limits,
            layerFacts,
            onProgress,
          });
          return { ...looked, shared: share ? await sharePreflight(services.get(), looked) : null };
        });
    },
  };
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
