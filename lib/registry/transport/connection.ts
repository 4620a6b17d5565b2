import type { Send } from "@/lib/egress/guarded-fetch";
import { retry } from "@/lib/egress/retry";
import { type Repository, repositoryHost } from "@/lib/extension/reference/repository";
import type { Priority } from "@/lib/platform/places";
import type { Authorizer } from "@/lib/registry/auth/authorizer";
import { isTransient } from "@/lib/registry/oci/errors";
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
