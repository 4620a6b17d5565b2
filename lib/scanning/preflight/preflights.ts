/** Pre-flights for everyone: of any image on an allowed registry, without an account and without credentials. */

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
  /** Ends it when nobody waits for it any more. */
  signal: AbortSignal;
  /** Keep the report for a day under a link. */
  share: boolean;
  onProgress?: ((progress: PreflightProgress) => void) | undefined;
};

/** `shared` is null when no link was wanted, or the report is too large to be kept. */
export type SharedPreflight = Preflight & { shared: SharedLink | null };

export type Preflights = {
  /**
   * Takes the question in, or throws `repository_invalid`, `reference_invalid`, `registry_not_allowed` or
   * `too_many_requests`. What it returns runs the pre-flight once its turn has come; see `preflight` for what it throws.
   */
  admit(asked: {
    reference: string;
    requester: Requester;
  }): Promise<(run: PreflightRun) => Promise<SharedPreflight>>;
};

/** Filled by the server. */
export const preflights = singleton<Preflights>("preflights");

export type PreflightsOptions = {
  /** Without stored credentials: strangers are told about public content only. */
  client: RegistryClient;
  media?: MediaPort | undefined;
  registries: RegistryTable;
  limits?: Partial<FairQueueLimits>;
};

const LIMITS: FairQueueLimits = {
  ...{ atOnce: 4, atOncePerKey: 2, reserved: 1 },
  ...{ waiting: 60, waitingPerKey: 10, waitingReserved: 20 },
};
const BUSY = { busyMessage: "Too many images are being looked at already.", retryAfterSeconds: 15 };

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
            client: client.prioritised(standing === "account" ? "interactive" : "anonymous"),
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

/** What scans have learned saves strangers' bytes too; what strangers make us learn is not kept, or they would push it out. */
function knownLayers(client: RegistryClient, repository: Repository): LayerFacts {
  const stored = storedLayerFacts(services.get().db, client, repository);
  const learned = layerFactsInMemory();
  return {
    async get(digest) {
      try {
        return (await learned.get(digest)) ?? (await stored.get(digest));
      } catch (error) {
        // With the database away, the registry still knows.
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
