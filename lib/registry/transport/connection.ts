import type { Send } from "@/lib/egress/guarded-fetch";
import type { GuardedResponse } from "@/lib/egress/response";
import { retry } from "@/lib/egress/retry";
import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Priority } from "@/lib/platform/priority-semaphore";
import { isTransient, type Refusal } from "@/lib/registry/oci/errors";
import type { Subject } from "@/lib/registry/oci/subject";
import { notAllowed, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";
import type { MissingEndpoints } from "@/lib/registry/transport/missing-endpoints";
import type { PageMemory } from "@/lib/registry/transport/page-memory";

/** What all operations of one client share. */
export type Connection = {
  /** One exchange, through the gate of its host. */
  send: Send;
  /** Whose large documents are read first. */
  priority: Priority;
  registries: RegistryTable;
  authorizer: Authorizer;
  pages: PageMemory;
  withoutReferrers: MissingEndpoints;
  /** Milliseconds since the epoch. */
  now: () => number;
  pauses: { sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>; random?: () => number };
};

/** The target of a request: registry, connection, subject. */
export type Access = {
  connection: Connection;
  entry: RegistryEntry;
  subject: Subject;
  signal: AbortSignal | undefined;
};

/** The context that an error needs of it. */
export function refusalOf({ connection, entry, subject }: Access): Refusal {
  return { entry, subject, nowMs: connection.now() };
}

/** Knows, for one client, what each registry asked for and which tokens are still good. */
export type Authorizer = {
  /** The `Authorization` for a request, as far as it is known without asking the registry. */
  current(access: Access): Promise<string | undefined>;
  /**
   * The `Authorization` that a 401 calls for: with another token than the one that was refused. Throws when there is
   * nothing that could help.
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

/** A read, body included, tried up to three times while it fails in ways that pass. */
export function withRetries<T>(
  connection: Connection,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> {
  return retry(read, { ...connection.pauses, signal, worthRetrying: isTransient });
}
