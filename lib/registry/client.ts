import type { Send } from "@/lib/egress/guarded-fetch";
import type { Digest } from "@/lib/extension/reference/digest";
import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Priority } from "@/lib/platform/priority-semaphore";
import { createAuthorizer } from "@/lib/registry/auth/authorizer";
import type {
  CallOptions,
  Cost,
  OpenBlobOptions,
  ReferrerList,
  ReferrersOptions,
  TagList,
} from "@/lib/registry/client-types";
import { createHostLimiters, type HostLimiters } from "@/lib/registry/limiter/host-limiters";
import { limited } from "@/lib/registry/limiter/limited-fetch";
import type { BlobDescriptor } from "@/lib/registry/oci/descriptor";
import { listReferrers } from "@/lib/registry/referrers/list-referrers";
import type { RegistryTable } from "@/lib/registry/registries";
import { type Artifact, fetchArtifact } from "@/lib/registry/requests/artifact";
import { fetchBlob } from "@/lib/registry/requests/blob";
import { openBlobStream } from "@/lib/registry/requests/blob-stream";
import { type FetchedManifest, fetchManifest } from "@/lib/registry/requests/manifest";
import { type ResolvedReference, resolveReference } from "@/lib/registry/requests/resolve";
import { listTags } from "@/lib/registry/requests/tags";
import type { Connection } from "@/lib/registry/transport/connection";
import { metered } from "@/lib/registry/transport/metering";
import { createMissingEndpoints } from "@/lib/registry/transport/missing-endpoints";
import { registryNetwork } from "@/lib/registry/transport/network";
import { createPageMemory } from "@/lib/registry/transport/page-memory";

/**
 * One way to all allowed registries. A repository on another registry is refused with `registry_not_allowed`.
 * All methods throw `AppError`; those with `retryable` may succeed later without any change.
 * Challenges and tokens are remembered inside the client only.
 */
export type RegistryClient = {
  /** All tags, unsorted, without duplicates. `repository_not_found` when the registry knows no such repository. */
  tags(repository: Repository, options?: CallOptions): Promise<TagList>;
  /** Where a tag (or digest) points now, without a body where the registry permits. */
  resolve(repository: Repository, tagOrDigest: string, options?: CallOptions): Promise<ResolvedReference>;
  /** The manifest or index, verified, at most 4 MiB. `unsupported_media_type` for anything but a container image. */
  manifest(repository: Repository, tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest>;
  /** A small blob (a config) whole, size and digest verified, at most 4 MiB. */
  blob(repository: Repository, descriptor: BlobDescriptor, options?: CallOptions): Promise<Uint8Array>;
  /**
   * A blob as a stream. Never more bytes than the descriptor promises. Read to its end from offset 0, the digest is
   * verified and the iteration throws `digest_mismatch` otherwise; a partial read is not verified.
   * Leaving the loop early, or aborting the signal, stops the transfer.
   */
  openBlob(
    repository: Repository,
    descriptor: BlobDescriptor,
    options?: OpenBlobOptions,
  ): Promise<AsyncIterable<Uint8Array>>;
  /** What refers to a manifest: signatures, attestations. Empty where there is none or the registry can't tell. */
  referrers(repository: Repository, digest: Digest, options?: ReferrersOptions): Promise<ReferrerList>;
  /** The manifest of a referrer, verified, at most 4 MiB, with the subject that it names itself. */
  artifact(repository: Repository, digest: Digest, options?: CallOptions): Promise<Artifact>;
  /** Whether everybody could read this repository as this client does: it has no credentials for its registry. */
  isAnonymous(repository: Repository): boolean;
  /** The same client (shared tokens and gates) whose requests have this priority. Default: `interactive`. */
  prioritized(priority: Priority): RegistryClient;
  /** The same registries without credentials, and tokens of its own: it sees what everybody sees. */
  anonymous(): RegistryClient;
  /** The same client (shared tokens) with a counter of its own that starts at zero. */
  metered(): MeteredRegistryClient;
};

export type MeteredRegistryClient = RegistryClient & { cost(): Cost };

export type RegistryClientOptions = {
  /** The guarded fetch, made with `egressRules(registries)`. It stays the caller's to close. */
  fetch: Send;
  registries: RegistryTable;
  /** The host limiters of the process. Default: its own, where there is no other client. */
  gates?: HostLimiters;
  /** How many tokens are remembered; by default two thousand. */
  tokensMax?: number;
  /** Milliseconds since the epoch; the system's clock unless a test brings its own. */
  now?: () => number;
  /** How the pauses between tries are spent, and their randomness in [0, 1). */
  pauses?: Connection["pauses"];
};

/** A client over these registries. It holds no connections itself and needs no closing. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { fetch, registries, now = Date.now, pauses = {} } = options;
  const { gates = createHostLimiters({ now }) } = options;
  const shared = {
    registries,
    authorizer: createAuthorizer(options.tokensMax),
    pages: createPageMemory(),
    withoutReferrers: createMissingEndpoints(now),
    now,
    pauses,
  };
  return clientOver(shared, registryNetwork(fetch), gates, "interactive");
}

type Shared = Omit<Connection, "send" | "priority">;

function clientOver(shared: Shared, wire: Send, gates: HostLimiters, priority: Priority): RegistryClient {
  const connection = { ...shared, priority, send: limited(wire, gates, priority) };
  return {
    tags: (...call) => listTags(connection, ...call),
    resolve: (...call) => resolveReference(connection, ...call),
    manifest: (...call) => fetchManifest(connection, ...call),
    blob: (...call) => fetchBlob(connection, ...call),
    openBlob: (...call) => openBlobStream(connection, ...call),
    referrers: (...call) => listReferrers(connection, ...call),
    artifact: (...call) => fetchArtifact(connection, ...call),
    isAnonymous: (repository) => shared.registries.get(repositoryHost(repository))?.credentials === undefined,
    prioritized: (other) => clientOver(shared, wire, gates, other),
    anonymous: () => clientOver(withoutCredentials(shared), wire, gates, priority),
    metered: () => {
      const { send, cost } = metered(wire);
      return { ...clientOver(shared, send, gates, priority), cost };
    },
  };
}

function withoutCredentials(shared: Shared): Shared {
  const entries = [...shared.registries].map(
    ([host, { credentials: _, ...entry }]) => [host, entry] as const,
  );
  return { ...shared, registries: new Map(entries), authorizer: createAuthorizer() };
}
