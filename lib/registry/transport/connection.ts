import type { GuardedResponse } from "@/lib/egress/response";
import { retry } from "@/lib/egress/retry";
import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Priority } from "@/lib/platform/priority-semaphore";
import type { LimitedSend } from "@/lib/registry/limiter/limited-fetch";
import { isTransient, type Refusal } from "@/lib/registry/oci/errors";
import type { Subject } from "@/lib/registry/oci/subject";
import { notAllowed, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";
import type { CredentialsInUse, RegistryCredentials } from "@/lib/registry/registry-credentials";
import type { OriginMemory } from "@/lib/registry/transport/origin-memory";
import type { PageMemory } from "@/lib/registry/transport/page-memory";
import type { RefusedCredentials } from "@/lib/registry/transport/refused-credentials";

/** State shared by all operations of one client. */
export type Connection = {
  /** One exchange, through the limiter of its host. */
  send: LimitedSend;
  /** The priority for parsing large documents. */
  priority: Priority;
  registries: RegistryTable;
  /** The stored credentials that this client can use. */
  credentials: CredentialsInUse;
  refusedCredentials: RefusedCredentials;
  authorizer: Authorizer;
  /** For the targets of redirects. Separate, so that a target never gets a token that credentials were used for. */
  targetAuthorizer: Authorizer;
  pages: PageMemory;
  /** Registries that have answered as the API does (decision 026). */
  withApi: OriginMemory;
  withoutReferrers: OriginMemory;
  /** Registries that refuse the page size of tag lists. */
  withoutPageSize: OriginMemory;
  /** Milliseconds since the epoch. */
  now: () => number;
  pauses: { sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>; random?: () => number };
};

/** The target of a request: registry, connection, subject. */
export type Access = {
  connection: Connection;
  entry: RegistryEntry;
  subject: Subject;
  /** Set while a request is sent with them. */
  credentials?: RegistryCredentials | undefined;
  signal: AbortSignal | undefined;
};

/** The context for an error about this target. */
export function refusalOf({ connection, entry, subject, credentials }: Access): Refusal {
  return { entry, subject, nowMs: connection.now(), signed: credentials !== undefined };
}

/** Caches, for one client, each registry's challenge and its valid tokens. */
export type Authorizer = {
  /** The `Authorization` for a request, if the registry's challenge is known already. */
  current(access: Access): Promise<string | undefined>;
  /**
   * The `Authorization` for the challenge of a 401, with another token than the one that was refused. Throws if the
   * challenge cannot be met.
   */
  renew(access: Access, refused: GuardedResponse, used: string | undefined): Promise<string>;
};

/** The entry of the repository's registry. Throws `registry_not_allowed`. */
export function entryOf({ registries }: Connection, repository: Repository): RegistryEntry {
  const host = repositoryHost(repository);
  const entry = registries.get(host);
  if (entry === undefined) throw notAllowed(registries, host);
  return entry;
}

/** Retries a read, including its body, up to three attempts while its failures are transient. */
export function withRetries<T>(
  connection: Connection,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> {
  return retry(read, { ...connection.pauses, signal, worthRetrying: isTransient });
}
