import type { Send } from "@/lib/egress/guarded-fetch";
import type { Digest } from "@/lib/extension/reference/digest";
import type { Repository } from "@/lib/extension/reference/repository";
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
import {
  type CredentialsInUse,
  credentialsFor,
  NO_CREDENTIALS,
  type RegistryCredentials,
} from "@/lib/registry/registry-credentials";
import { type Artifact, fetchArtifact } from "@/lib/registry/requests/artifact";
import { fetchBlob } from "@/lib/registry/requests/blob";
import { openBlobStream } from "@/lib/registry/requests/blob-stream";
import { type LoginOutcome, tryLogin } from "@/lib/registry/requests/login";
import { type FetchedManifest, fetchManifest } from "@/lib/registry/requests/manifest";
import { type ResolvedReference, resolveReference } from "@/lib/registry/requests/resolve";
import { listTags } from "@/lib/registry/requests/tags";
import type { Connection } from "@/lib/registry/transport/connection";
import { metered } from "@/lib/registry/transport/metering";
import { registryNetwork } from "@/lib/registry/transport/network";
import { createOriginMemory } from "@/lib/registry/transport/origin-memory";
import {
  type CredentialedPages,
  createPageMemory,
  credentialedPages,
} from "@/lib/registry/transport/page-memory";
import { createRefusedCredentials } from "@/lib/registry/transport/refused-credentials";

/**
 * Client for all allowed registries. A repository on another registry is rejected with `registry_not_allowed`. All
 * methods throw `AppError`; `retryable` errors can succeed later without any change. Challenges and tokens are cached
 * only inside the client. A new client is anonymous.
 */
export type RegistryClient = {
  /** All tags, unsorted, without duplicates. Throws `repository_not_found` if the registry has no such repository. */
  tags(repository: Repository, options?: CallOptions): Promise<TagList>;
  /** Resolves a tag (or digest) to its current digest, without transferring a body where the registry supports that. */
  resolve(repository: Repository, tagOrDigest: string, options?: CallOptions): Promise<ResolvedReference>;
  /**
   * Fetches and verifies a manifest or index of at most 4 MiB. Throws `unsupported_media_type` for anything but a
   * container image.
   */
  manifest(repository: Repository, tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest>;
  /**
   * Fetches a small blob (a config) of at most 4 MiB whole and verifies its digest. Its length can differ from the size
   * in the descriptor.
   */
  blob(repository: Repository, descriptor: BlobDescriptor, options?: CallOptions): Promise<Uint8Array>;
  /**
   * Streams a blob, never more bytes than its descriptor promises. Reading from offset 0 to the end verifies the digest
   * and throws `digest_mismatch` if it differs; partial reads are not verified. Leaving the loop early or aborting the
   * signal cancels the transfer.
   */
  openBlob(
    repository: Repository,
    descriptor: BlobDescriptor,
    options?: OpenBlobOptions,
  ): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Lists the referrers of a manifest: signatures, attestations. Empty if there are none or the registry does not
   * support them.
   */
  referrers(repository: Repository, digest: Digest, options?: ReferrersOptions): Promise<ReferrerList>;
  /** Fetches and verifies a referrer's manifest of at most 4 MiB, with the subject that it names itself. */
  artifact(repository: Repository, digest: Digest, options?: CallOptions): Promise<Artifact>;
  /** True if the client has no credentials for the repository, so everyone can read what it reads. */
  isAnonymous(repository: Repository): boolean;
  /** The same client (shared tokens and limiters) with this priority for its requests. Default: `interactive`. */
  prioritized(priority: Priority): RegistryClient;
  /** The same client without credentials: it sees what everyone sees. */
  anonymous(): RegistryClient;
  /** The same client (shared limiters) that can use these credentials for the repositories in their namespaces. */
  withCredentials(credentials: CredentialsInUse): RegistryClient;
  /**
   * Sends these credentials alone, to the repository or to the registry's login. Throws what the registry or its token
   * server refuses them with.
   */
  tryLogin(credentials: RegistryCredentials, options: LoginOptions): Promise<LoginOutcome>;
  /** The same client (shared tokens) with its own counter, starting at zero. */
  metered(): MeteredRegistryClient;
};

export type MeteredRegistryClient = RegistryClient & { cost(): Cost };

export type LoginOptions = CallOptions & { repository?: Repository | undefined };

export type RegistryClientOptions = {
  /** The guarded fetch, created with `egressRules(registries)`. The caller closes it. */
  fetch: Send;
  registries: RegistryTable;
  /** The host limiters of the process. Default: its own, if there is no other client. */
  gates?: HostLimiters;
  /** Maximum number of cached tokens. Default 2,000. */
  tokensMax?: number;
  /** Milliseconds since the epoch. Default: the system's clock. */
  now?: () => number;
  /** How to wait between retries, and their randomness in [0, 1). */
  pauses?: Connection["pauses"];
};

/** Creates a client for these registries. It holds no connections itself and needs no closing. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { fetch, registries, now = Date.now, pauses = {} } = options;
  const { gates = createHostLimiters({ now }) } = options;
  const shared = {
    registries,
    credentials: NO_CREDENTIALS,
    refusedCredentials: createRefusedCredentials(now),
    authorizer: createAuthorizer(options.tokensMax),
    targetAuthorizer: createAuthorizer(options.tokensMax),
    pages: createPageMemory(),
    credentialedPages: credentialedPages(),
    withApi: createOriginMemory(now),
    withoutReferrers: createOriginMemory(now),
    withoutPageSize: createOriginMemory(now),
    now,
    pauses,
  };
  return clientOver(shared, registryNetwork(fetch), gates, "interactive");
}

type Shared = Omit<Connection, "send" | "priority"> & { credentialedPages: CredentialedPages };

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
    isAnonymous: (repository) => credentialsFor(shared.credentials.all, repository) === undefined,
    prioritized: (other) => clientOver(shared, wire, gates, other),
    anonymous: () => clientOver(using(shared, NO_CREDENTIALS), wire, gates, priority),
    withCredentials: (credentials) => clientOver(using(shared, credentials), wire, gates, priority),
    tryLogin: (...call) => tryLogin({ ...connection, authorizer: createAuthorizer() }, ...call),
    metered: () => {
      const { send, cost } = metered(wire);
      return { ...clientOver(shared, send, gates, priority), cost };
    },
  };
}

function using(shared: Shared, credentials: CredentialsInUse): Shared {
  return { ...shared, credentials, pages: shared.credentialedPages(credentials.all) };
}
